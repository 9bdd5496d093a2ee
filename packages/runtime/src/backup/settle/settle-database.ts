import type pg from 'pg'
import { endRestore } from '../../store/queries/restores.ts'
import { type AppliedDeletions, applyDeletions } from '../deletions/apply-deletions.ts'
import type { BackupTarget } from '../targets/backup-target.ts'
import { type SettledRestore, settleRestored } from './settle-restored.ts'

/** A restore of the whole database, whose beginning is recorded in `hadal.restore`. */
export interface DatabaseToSettle {
  readonly restoreId: string
  /** Time of the snapshot, or the time to which the database was recovered. */
  readonly snapshotAt: Date
  /** Where the log of deletions is; undefined if it is not known, so that no deletion is applied. */
  readonly target: BackupTarget | undefined
}

/** What the end of a restore of the whole database changed. */
export interface SettledDatabase {
  /** Deletions after the snapshot, which were applied again; undefined without the log of deletions. */
  readonly deleted: AppliedDeletions | undefined
  readonly settled: SettledRestore
}

/**
 * Ends a restore of the whole database, so that it undoes nothing that happened after the snapshot. Part of the transaction after which servers may use the
 * database.
 *
 * @param client connection in a transaction, as the owner of the tables
 */
export async function settleDatabase(
  client: pg.ClientBase,
  { restoreId, snapshotAt, target }: DatabaseToSettle,
): Promise<SettledDatabase> {
  const deleted = target && (await applyDeletions(client, target, snapshotAt))
  const settled = await settleRestored(client, { restoreId, snapshotAt, threads: undefined })
  await endRestore(client, restoreId)
  return { deleted, settled }
}
