import type pg from 'pg'
import { settleRecovered } from '../backup/settle/settle-recovered.ts'
import type { SettledRestore } from '../backup/settle/settle-restored.ts'
import type { BackupTarget } from '../backup/targets/backup-target.ts'
import { asOwner } from './as-owner.ts'
import { type CommandDatabase, withDatabase } from './with-database.ts'

/** A database that was recovered to a point in time, and must be settled before servers use it. */
export interface Recovery {
  /** Database that was recovered outside this program, with the role that owns its tables. */
  readonly database: Pick<CommandDatabase, 'url' | 'tls'>
  /** Name of the recovered database and the time to which it was recovered: the value of `DATABASE_RECOVERY`. */
  readonly recovery: string
  /** Where the log of deletions is. */
  readonly target: BackupTarget
}

/**
 * Ends the recovery of a database to a point in time, as the end of a restore does: threads and users that were deleted after that time are deleted again, and
 * the recovery undoes nothing else that may have happened since. A recovery that is already settled is not changed.
 *
 * @returns undefined if the recovery was settled before
 * @throws Error with one sentence if the recovery is not valid, or the log of deletions can't be read
 */
export async function settleRecovery({ database, recovery, target }: Recovery): Promise<SettledRestore | undefined> {
  const [, name, time = ''] = /^([a-z0-9-]+)@(.+)$/.exec(recovery) ?? []
  if (name === undefined || (time !== 'latest' && Number.isNaN(Date.parse(time))))
    throw new Error(
      `DATABASE_RECOVERY is "${recovery}". Set it to <name>@<time>, such as postgres-2@2025-01-31T10:15:00Z or postgres-2@latest.`,
    )
  return withDatabase({ ...database, name: 'hadal migrate' }, (pool) =>
    asOwner(pool, async (client) => {
      const ended = await settleRecovered(client, {
        name: recovery,
        recoveredTo: () => recoveredTo(client, time),
        target,
      })
      return ended?.settled
    }),
  )
}

/**
 * Returns the time to which a database was recovered. For `latest` it is the time of the newest run, thread or pseudonym: the end of the archive is not
 * known, and may be much older than now. An earlier time only reads more of the log.
 */
async function recoveredTo(client: pg.ClientBase, time: string): Promise<Date> {
  if (time !== 'latest') return new Date(time)
  const { rows } = await client.query<{ at: Date }>(
    `SELECT coalesce((SELECT max(created_at) FROM hadal.run), (SELECT max(created_at) FROM hadal.thread),
       (SELECT max(created_at) FROM hadal.pseudonym), clock_timestamp()) AS at`,
  )
  return rows[0]?.at ?? new Date()
}
