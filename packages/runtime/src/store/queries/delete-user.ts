import { ofUsers } from '../item-place.ts'
import type { Queryable } from '../transaction.ts'
import { notifyOfKeys } from './api-keys.ts'
import { deleteThreads } from './delete-threads.ts'
import { pseudonymOf, type User } from './pseudonyms.ts'

/** Maximum number of threads that are deleted at once. */
const threadsAtOnce = 200

/** Number of deleted rows of a user, by what they are. */
export interface DeletedOfUser {
  readonly threads: number
  readonly items: number
  readonly assistants: number
  readonly keys: number
  /** Number of the user's runs on threads of others, which have the pseudonym now. */
  readonly runsOfOthers: number
  /** Number of entries of the ledger of approvals that have the pseudonym now. */
  readonly approvals: number
}

/** Deletes threads with their jobs. @returns ids of the runs that had not ended */
export async function deleteThreadsAndJobs(database: Queryable, threadIds: readonly string[]): Promise<string[]> {
  await database.query('SELECT FROM hadal.thread WHERE thread_id = ANY ($1::uuid[]) ORDER BY thread_id FOR UPDATE', [
    threadIds,
  ])
  const { rows } = await database.query<{ run_id: string }>(
    "SELECT run_id FROM hadal.run WHERE thread_id = ANY ($1::uuid[]) AND status IN ('pending', 'running')",
    [threadIds],
  )
  await database.query(
    "DELETE FROM pgboss.job WHERE name = 'run' AND id IN (SELECT run_id FROM hadal.run WHERE thread_id = ANY ($1::uuid[]))",
    [threadIds],
  )
  await deleteThreads(database, threadIds)
  return rows.map(({ run_id }) => run_id)
}

/** Options of {@link deleteUser}. */
export interface DeleteUserOptions {
  /** Ids of threads that a person restored after their deletion: they stay as they are, with their runs. */
  readonly kept?: readonly string[]
}

/** Returns the ids of some threads of a user. */
async function threadsOf(database: Queryable, { tenant, user }: User, kept: readonly string[]): Promise<string[]> {
  const { rows } = await database.query<{ thread_id: string }>(
    'SELECT thread_id FROM hadal.thread WHERE tenant = $1 AND owner = $2 AND thread_id <> ALL ($3::uuid[]) ORDER BY thread_id LIMIT $4',
    [tenant, user, kept, threadsAtOnce],
  )
  return rows.map(({ thread_id }) => thread_id)
}

/** Tables with rows of a run that name the user who started it. */
const ofRun = ['run_event', 'run_attempt', 'tool_call', 'run_spending', 'run_review', 'ready_run', 'reservation']

/** Id of a user as the ledger of approvals names it: see runs/approvals/actor-of.ts. */
const actorOf = (user: string): string => (user.startsWith('hadal:') ? `user:${user}` : user)

/**
 * Deletes everything that the database keeps of a user, and records the deletion for the log of deletions. Rows that belong to others, such as a run of
 * the user on a thread of somebody else, and entries of the ledger of approvals get the pseudonym, whose mapping to the user is deleted.
 *
 * @param database connection in a transaction, as the owner of the tables
 */
export async function deleteUser(
  database: Queryable,
  of: User,
  { kept = [] }: DeleteUserOptions = {},
): Promise<DeletedOfUser> {
  const { tenant, user } = of
  const values = [tenant, user]
  const pseudonym = await pseudonymOf(database, of)
  const changed = async (sql: string, more: readonly unknown[] = []): Promise<number> => {
    const { rowCount } = await database.query(sql, [...values, ...more])
    return rowCount ?? 0
  }
  let threads = 0
  for (;;) {
    const ids = await threadsOf(database, of, kept)
    if (ids.length === 0) break
    await deleteThreadsAndJobs(database, ids)
    threads += ids.length
  }
  const keys = await changed('DELETE FROM hadal.api_key WHERE tenant = $1 AND owner = $2')
  const items = await changed(
    'DELETE FROM hadal.store_item WHERE tenant = $1 AND namespace[1] = $3 AND namespace[2] = $2',
    [ofUsers],
  )
  const assistants = await changed('DELETE FROM hadal.assistant WHERE tenant = $1 AND owner = $2')
  await changed('DELETE FROM hadal.idempotency_key WHERE tenant = $1 AND owner = $2')
  await changed('DELETE FROM hadal.user_spending WHERE tenant = $1 AND owner = $2')
  await changed(
    'DELETE FROM hadal.run_credentials WHERE tenant = $1 AND run_id IN (SELECT run_id FROM hadal.run WHERE tenant = $1 AND owner = $2)',
  )
  for (const table of ofRun) {
    await changed(
      `UPDATE hadal.${table} AS part SET owner = $3 FROM hadal.run AS run
       WHERE run.tenant = $1 AND run.owner = $2 AND part.run_id = run.run_id AND part.owner = $2 AND run.thread_id <> ALL ($4::uuid[])`,
      [pseudonym, kept],
    )
  }
  const named = 'SET owner = $3 WHERE tenant = $1 AND owner = $2'
  const runsOfOthers = await changed(`UPDATE hadal.run ${named} AND thread_id <> ALL ($4::uuid[])`, [pseudonym, kept])
  await changed(`UPDATE hadal.store_item ${named}`, [pseudonym])
  await changed(`UPDATE hadal.assistant_version ${named}`, [pseudonym])
  const approvals = await changed(
    `UPDATE hadal.approval_event SET owner = CASE WHEN owner = $2 THEN $3 ELSE owner END,
       actor = CASE WHEN actor = $4 THEN $3 ELSE actor END
     WHERE tenant = $1 AND (owner = $2 OR actor = $4)`,
    [pseudonym, actorOf(user)],
  )
  await database.query("INSERT INTO hadal.deletion (tenant, kind, pseudonym) VALUES ($1, 'user', $2)", [
    tenant,
    pseudonym,
  ])
  await changed('DELETE FROM hadal.pseudonym WHERE tenant = $1 AND owner = $2')
  // Servers forget the keys of the user, and that the user has a pseudonym.
  await notifyOfKeys(database)
  return { threads, items, assistants, keys, runsOfOthers, approvals }
}
