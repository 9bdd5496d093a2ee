import { setTimeout as pause } from 'node:timers/promises'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import type pg from 'pg'
import type { Logger } from 'pino'
import { Gauge, type Registry } from 'prom-client'
import { createScrapeQuery } from '../metrics/create-scrape-query.ts'
import { oldestDeletionSeconds, removeOldDeletions } from '../store/queries/deletions.ts'
import { flushDeletions } from './deletions/flush-deletions.ts'
import { openTarget, type TargetVariables } from './open-target.ts'

/** Settings of the {@link DeletionLog}. */
export interface DeletionLogOptions {
  readonly variables: TargetVariables & Pick<ContainerVariables, 'BACKUP_RETENTION_DAYS'>
  /** Connections of the loops, which see the rows of all tenants. */
  readonly pool: pg.Pool
  readonly log: Logger
  readonly registry: Registry
  /** Interval in milliseconds at which the table of deletions is read. Default: 10 s. */
  readonly everyMs?: number
}

/** Appends the deletions of threads and users to the log of deletions in the backup target, each at most a minute after its commit. */
export interface DeletionLog {
  start(): void
  /** Appends the remaining deletions. A storage that does not answer delays the end of the process by a few seconds only: another process appends them then. */
  stop(): Promise<void>
}

const defaultEveryMs = 10_000
/** Age in seconds of the oldest deletion from which a file is written: all processes together write at most two or three files per minute. */
const fromAgeSeconds = 25
/** Maximum time in milliseconds that {@link DeletionLog.stop} takes. */
const stopWithinMs = 5_000
/** Maximum number of old deletions that one statement removes. */
const mostRemoved = 1_000

/**
 * Creates the loop of a server that keeps the log of deletions. A server without a backup target keeps deletions in the database, for backups that an
 * operator takes, as long as backups are kept.
 *
 * @throws Error with one sentence if a variable of the target is not valid
 */
export function createDeletionLog({
  variables,
  pool,
  log,
  registry,
  everyMs = defaultEveryMs,
}: DeletionLogOptions): DeletionLog {
  const target = variables.BACKUP_TARGET === undefined ? undefined : openTarget(variables)
  if (target) registerAge(registry, pool)
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | undefined
  let stopped = false
  const schedule = (): void => {
    if (stopped) return
    timer = setTimeout(() => {
      looking = look(fromAgeSeconds).finally(schedule)
    }, everyMs)
  }
  const look = async (fromAge: number): Promise<void> => {
    try {
      await (target
        ? flushDeletions(pool, target, fromAge)
        : removeOldDeletions(pool, variables.BACKUP_RETENTION_DAYS, mostRemoved))
    } catch (error) {
      log.warn({ err: error }, 'deletion_log_failed')
    }
  }
  return {
    start: schedule,
    async stop() {
      stopped = true
      clearTimeout(timer)
      const ended = (async () => {
        await looking
        if (target) await look(0)
      })()
      await Promise.race([ended, pause(stopWithinMs, undefined, { ref: false })])
      await target?.close()
    },
  }
}

function registerAge(registry: Registry, pool: pg.Pool): void {
  const query = createScrapeQuery(() => oldestDeletionSeconds(pool))
  new Gauge({
    name: 'hadal_deletions_unlogged_seconds',
    help: 'Age in seconds of the oldest deletion of a thread or user that is not in the log of deletions of the backup target; 0 if there is none',
    registers: [registry],
    async collect() {
      // While the database is unavailable, the last known value would be wrong.
      this.set((await query()) ?? Number.NaN)
    },
  })
}
