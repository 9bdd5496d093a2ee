import { createHash } from 'node:crypto'
import { type LoggedThread, unloggedThreads } from '../../store/queries/logged-deletions.ts'
import type { Queryable } from '../../store/transaction.ts'
import type { BackupTarget } from '../targets/backup-target.ts'
import { readDeletions } from './read-deletions.ts'

/** A thread of a backup. */
export interface ThreadOfBackup {
  readonly threadId: string
  readonly createdAt: Date
}

/**
 * Returns the ids of those threads of a backup that were deleted after its snapshot and not restored since, also by the deletion of their user: by the log
 * of deletions, and by the deletions of the living database that are not in the log yet.
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
  const wanted = new Set(threads.map(({ threadId }) => threadPseudonym(threadId)))
  const newest = new Map<string, Omit<LoggedThread, 'pseudonym'>>()
  const add = (pseudonym: string, kind: LoggedThread['kind'], at: Date): void => {
    const known = newest.get(pseudonym)
    if (!known || at > known.at || (kind === 'thread' && at >= known.at)) newest.set(pseudonym, { kind, at })
  }
  // In this order: a deletion that a server moves from the database to the log meanwhile is seen in both.
  for (const { pseudonym, kind, at } of await unloggedThreads(database, [...wanted])) add(pseudonym, kind, at)
  for await (const lines of readDeletions(target, since))
    for (const { pseudonym, kind, at } of lines)
      if (kind !== 'user' && wanted.has(pseudonym)) add(pseudonym, kind, new Date(at))
  return threads
    .filter(({ threadId, createdAt }) => {
      const line = newest.get(threadPseudonym(threadId))
      return line?.kind === 'thread' && createdAt <= line.at
    })
    .map(({ threadId }) => threadId)
}

/** Pseudonym of a thread, as the function `hadal.thread_pseudonym_v1` of the database returns it. */
const threadPseudonym = (threadId: string): string => createHash('sha256').update(threadId.toLowerCase()).digest('hex')
