import { createHash } from 'node:crypto'
import { unloggedThreads } from '../../store/queries/deletions.ts'
import type { Queryable } from '../../store/transaction.ts'
import type { BackupTarget } from '../targets/backup-target.ts'
import { readDeletions, threadsOf } from './read-deletions.ts'

/** A thread of a backup. */
export interface ThreadOfBackup {
  readonly threadId: string
  readonly createdAt: Date
}

/**
 * Returns the ids of those threads of a backup that were deleted after its snapshot, also by the deletion of their user: by the log of deletions, and by
 * the deletions of the living database that are not in the log yet.
 *
 * @param database the living database, as the owner of the tables
 * @param since time of the snapshot of the backup
 * @throws Error with one sentence if the log is damaged
 */
export async function findDeletedThreads(
  database: Queryable,
  target: BackupTarget,
  since: Date,
  threads: readonly ThreadOfBackup[],
): Promise<string[]> {
  // In this order: a deletion that a server moves from the database to the log meanwhile is seen in both.
  const unlogged = await unloggedThreads(database)
  const logged = threadsOf(await readDeletions(target, since))
  const deletedAt = new Map<string, number>()
  for (const { pseudonym, at } of [...unlogged, ...logged])
    deletedAt.set(pseudonym, Math.max(deletedAt.get(pseudonym) ?? 0, at.getTime()))
  return threads
    .filter(({ threadId, createdAt }) => createdAt.getTime() <= (deletedAt.get(threadPseudonym(threadId)) ?? 0))
    .map(({ threadId }) => threadId)
}

/** Pseudonym of a thread, as the function `hadal.thread_pseudonym_v1` of the database returns it. */
const threadPseudonym = (threadId: string): string => createHash('sha256').update(threadId.toLowerCase()).digest('hex')
