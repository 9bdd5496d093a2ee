import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { lockMigrations } from '../../store/migrate-tables.ts'
import { beginRestore, liveInstances } from '../../store/queries/restores.ts'
import type { BackupTarget } from '../targets/backup-target.ts'
import { type SettledDatabase, settleDatabase } from './settle-database.ts'

/** A database that another program recovered to a time: an operator, a provider, or the snapshot of a disk. */
export interface RecoveredDatabase {
  /** Name of the recovery, by which it is settled once: recorded as the name of its backup. */
  readonly name: string
  /** Returns the time to which the database was recovered. */
  readonly recoveredTo: () => Promise<Date>
  /** Where the log of deletions is; undefined if it is not known, so that no deletion is applied. */
  readonly target: BackupTarget | undefined
}

/**
 * Ends a recovery that another program has made, as the end of a restore does. The migration with `DATABASE_RECOVERY` and `hadal-runtime review hold` call
 * it. Only the source of the name differs: the configuration of the environment, or a person.
 *
 * @param client connection in a transaction, as the owner of the tables. Other processes that settle or migrate the database wait until the connection
 *   closes
 * @returns undefined if the recovery was settled before: nothing has changed
 * @throws Error with one sentence if a server uses the database
 */
export async function settleRecovered(
  client: pg.ClientBase,
  { name, recoveredTo, target }: RecoveredDatabase,
): Promise<SettledDatabase | undefined> {
  await lockMigrations(client)
  const known = await client.query('SELECT FROM hadal.restore WHERE backup_id = $1', [name])
  if (known.rowCount !== 0) return undefined
  const live = await liveInstances(client)
  if (live > 0) {
    throw new Error(
      `${live} ${live === 1 ? 'server executes runs' : 'servers execute runs'} on this database, so nothing was held. A recovered database is settled before its first server starts. If this is one, stop its servers first.`,
    )
  }
  const snapshotAt = await recoveredTo()
  const restoreId = randomUUID()
  await beginRestore(client, { restoreId, backupId: name, snapshotAt })
  return settleDatabase(client, { restoreId, snapshotAt, target })
}
