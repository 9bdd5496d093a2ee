import type { Queryable } from '../transaction.ts'

/**
 * Returns the id of the backup of which a restore into the whole database began and has not ended; undefined for a database that is complete.
 */
export async function unfinishedRestore(database: Queryable): Promise<string | undefined> {
  const { rows: tables } = await database.query<{ exists: boolean }>(
    "SELECT to_regclass('hadal.restore') IS NOT NULL AS exists",
  )
  if (!tables[0]?.exists) return undefined
  const { rows } = await database.query<{ backup_id: string }>(
    'SELECT backup_id FROM hadal.restore WHERE ended_at IS NULL AND threads IS NULL LIMIT 1',
  )
  return rows[0]?.backup_id
}

/** @throws Error with the way out if a restore into the whole database has not ended */
export async function requireCompleteDatabase(database: Queryable): Promise<void> {
  const backupId = await unfinishedRestore(database)
  if (backupId === undefined) return
  throw new Error(
    `The database is not complete: the restore of backup ${backupId} has not ended. Wait for it if it still runs. Otherwise run "hadal-runtime restore --backup ${backupId}" again: it begins anew.`,
  )
}
