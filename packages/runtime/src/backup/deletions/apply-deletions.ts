import { deleteThreadsAndJobs, deleteUser } from '../../store/queries/delete-user.ts'
import {
  addLoggedDeletions,
  createLoggedDeletions,
  loggedUsers,
  matchLoggedThreads,
  restoredThreads,
  threadsToDelete,
} from '../../store/queries/logged-deletions.ts'
import type { Queryable } from '../../store/transaction.ts'
import type { BackupTarget } from '../targets/backup-target.ts'
import { readDeletions } from './read-deletions.ts'

/** Maximum number of threads that are deleted at once. */
const threadsAtOnce = 200

/** Number of threads and users of a backup that were deleted after its snapshot. */
export interface AppliedDeletions {
  /** Number of threads that the log names; threads of deleted users are not counted. */
  readonly threads: number
  readonly users: number
}

/**
 * Deletes the threads and users of a restored database that the log of deletions names, with everything that the database has of them. Threads that a
 * person restored after their deletion stay. Deletions of the last minute before the loss of a database may be missing in the log.
 *
 * The lines are in a temporary table, so that the memory of this process does not grow with the log.
 *
 * @param client connection in a transaction, as the owner of the tables
 * @param since time of the snapshot of the backup
 * @throws Error with one sentence if the log is damaged
 */
export async function applyDeletions(client: Queryable, target: BackupTarget, since: Date): Promise<AppliedDeletions> {
  await createLoggedDeletions(client)
  for await (const lines of readDeletions(target, since)) await addLoggedDeletions(client, lines)
  await matchLoggedThreads(client)
  const users = await loggedUsers(client)
  const kept = await restoredThreads(client)
  for (const user of users) await deleteUser(client, user, { kept })
  let threads = 0
  for (let after: string | undefined; ; ) {
    const ids = await threadsToDelete(client, { after, most: threadsAtOnce })
    after = ids.at(-1)
    if (after === undefined) return { threads, users: users.length }
    await deleteThreadsAndJobs(client, ids)
    threads += ids.length
  }
}
