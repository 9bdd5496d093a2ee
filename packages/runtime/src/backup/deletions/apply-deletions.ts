import { deleteThreadsAndJobs, deleteUser } from '../../store/queries/delete-user.ts'
import { findLoggedThreads } from '../../store/queries/deletions.ts'
import { usersOf } from '../../store/queries/pseudonyms.ts'
import type { Queryable } from '../../store/transaction.ts'
import type { BackupTarget } from '../targets/backup-target.ts'
import { readDeletions, threadsOf } from './read-deletions.ts'

/** Maximum number of threads that are deleted at once. */
const threadsAtOnce = 200

/** Number of threads and users of a backup that were deleted after its snapshot. */
export interface AppliedDeletions {
  /** Number of threads that the log names; threads of deleted users are not counted. */
  readonly threads: number
  readonly users: number
}

/**
 * Deletes the threads and users of a restored database that the log of deletions names, with everything that the database has of them. Deletions of
 * the last minute before the loss of a database may be missing in the log.
 *
 * @param client connection in a transaction, as the owner of the tables
 * @param since time of the snapshot of the backup
 * @throws Error with one sentence if the log is damaged
 */
export async function applyDeletions(client: Queryable, target: BackupTarget, since: Date): Promise<AppliedDeletions> {
  const deletions = await readDeletions(target, since)
  const users = await usersOf(
    client,
    deletions.filter(({ kind }) => kind === 'user'),
  )
  for (const user of users) await deleteUser(client, user)
  const threads = await findLoggedThreads(client, threadsOf(deletions))
  for (let next = 0; next < threads.length; next += threadsAtOnce)
    await deleteThreadsAndJobs(client, threads.slice(next, next + threadsAtOnce))
  return { threads: threads.length, users: users.length }
}
