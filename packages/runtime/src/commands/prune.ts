import type { Logger } from 'pino'
import { createRemovals } from '../runs/retention/create-removals.ts'
import { type DueRemoval, describeDue } from '../runs/retention/describe-due.ts'
import type { RetentionSettings } from '../runs/retention/retention-settings.ts'
import { Sweeper } from '../runs/retention/sweeper.ts'
import type { VerifiedTls } from '../store/database-connection.ts'
import { withDatabase } from './with-database.ts'

export interface PruneOptions {
  readonly databaseUrl: string
  readonly tls: VerifiedTls | undefined
  readonly retention: RetentionSettings
  /** Whether the command only shows what it would remove. */
  readonly dryRun: boolean
  readonly log: Logger
}

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`

const lineOf = ({ rule, what, bytes, oldest }: DueRemoval): string =>
  `${rule}: ${what}, ${megabytes(bytes)}${oldest ? `, the oldest since ${oldest.toISOString()}` : ''}\n`

/**
 * Executes `hadal-runtime prune`: removes from the database what has outlived its time, as a worker's sweep does, or shows it with `--dry-run`.
 *
 * @returns its standard output
 * @throws Error with one sentence if the database can't be reached, or if a removal failed
 */
export async function prune({ databaseUrl, tls, retention, dryRun, log }: PruneOptions): Promise<string> {
  return withDatabase({ url: databaseUrl, tls, name: 'hadal prune' }, async (pool) => {
    if (dryRun) {
      const due = await describeDue(pool, retention)
      return `Nothing was removed. A sweep would now remove:\n${due.map(lineOf).join('')}`
    }
    const removed = new Map<string, number>()
    const failed: string[] = []
    const sweeper = new Sweeper({
      removals: createRemovals(pool, retention),
      everyMs: retention.sweepEveryMs,
      log,
      onRemoved: (kind, count) => removed.set(kind, (removed.get(kind) ?? 0) + count),
      onError: (kind) => failed.push(kind),
    })
    await sweeper.sweep()
    if (failed.length > 0) {
      throw new Error(
        `The removal of ${failed.join(', ')} failed. The log above has the reason. Run the command again.`,
      )
    }
    return `Removed:\n${[...removed].map(([kind, count]) => `${kind}: ${count}\n`).join('')}`
  })
}
