import type { Queryable } from '../transaction.ts'

/** A restore of the whole database that has ended. */
export interface PastRestore {
  readonly restore_id: string
  /** Time of the backup's snapshot. */
  readonly snapshot_at: Date
  readonly ended_at: Date
}

/** Returns the newest restore of the whole database; undefined if it was never restored. The rows belong to the tenant of a server without sign-in. */
export async function newestRestore(database: Queryable): Promise<PastRestore | undefined> {
  const { rows } = await database.query<PastRestore>(
    `SELECT restore_id, snapshot_at, ended_at FROM hadal.restore
     WHERE threads IS NULL AND ended_at IS NOT NULL ORDER BY ended_at DESC LIMIT 1`,
  )
  return rows[0]
}

/** Records the beginning of a restore of the whole database. */
export async function beginRestore(
  database: Queryable,
  restore: { readonly restoreId: string; readonly backupId: string; readonly snapshotAt: Date },
): Promise<void> {
  await database.query('INSERT INTO hadal.restore (restore_id, backup_id, snapshot_at) VALUES ($1, $2, $3)', [
    restore.restoreId,
    restore.backupId,
    restore.snapshotAt,
  ])
}

/** Records the end of a restore. */
export async function endRestore(database: Queryable, restoreId: string): Promise<void> {
  await database.query('UPDATE hadal.restore SET ended_at = clock_timestamp() WHERE restore_id = $1', [restoreId])
}

/** Returns the number of instances (processes that execute runs) that hold their advisory lock on the database. */
export async function liveInstances(database: Queryable): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM hadal.instance AS i JOIN pg_locks AS l
       ON l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
       AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND ((l.classid::bigint << 32) | l.objid::bigint) = i.lock_key`,
  )
  return rows[0]?.count ?? 0
}
