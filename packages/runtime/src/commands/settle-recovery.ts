import { randomUUID } from 'node:crypto'
import { applyDeletions } from '../backup/deletions/apply-deletions.ts'
import { type SettledRestore, settleRestored } from '../backup/settle/settle-restored.ts'
import type { BackupTarget } from '../backup/targets/backup-target.ts'
import { lockMigrations } from '../store/migrate-tables.ts'
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
  return withDatabase({ ...database, name: 'hadal migrate' }, async (pool) => {
    const client = await pool.connect()
    try {
      // Another migration of the same rollout waits, and then finds the recovery settled.
      await lockMigrations(client)
      await client.query('BEGIN')
      await client.query('SET LOCAL row_security = off')
      const known = await client.query('SELECT FROM hadal.restore WHERE backup_id = $1', [recovery])
      if (known.rowCount !== 0) {
        await client.query('ROLLBACK')
        return undefined
      }
      const moment =
        time === 'latest' ? 'coalesce((SELECT max(created_at) FROM hadal.run), clock_timestamp())' : '$3::timestamptz'
      const { rows } = await client.query<{ restore_id: string; snapshot_at: Date }>(
        `INSERT INTO hadal.restore (restore_id, backup_id, snapshot_at) VALUES ($1, $2, ${moment}) RETURNING restore_id, snapshot_at`,
        [randomUUID(), recovery, ...(time === 'latest' ? [] : [time])],
      )
      const [row] = rows
      if (!row) throw new Error('The recovery could not be recorded in hadal.restore.')
      const { restore_id: restoreId, snapshot_at: snapshotAt } = row
      await applyDeletions(client, target, snapshotAt)
      const settled = await settleRestored(client, { restoreId, snapshotAt, threads: undefined })
      await client.query('UPDATE hadal.restore SET ended_at = clock_timestamp() WHERE restore_id = $1', [restoreId])
      await client.query('COMMIT')
      return settled
    } finally {
      client.release(true)
    }
  })
}
