import type { Queryable } from '../transaction.ts'

/** Threads of a tenant that belong to no user. */
export interface UnownedThreads {
  readonly tenant: string
  /** Ids of the threads; undefined for all. */
  readonly ids?: readonly string[] | undefined
  /** JSON object that the metadata of the threads contains; undefined for any. */
  readonly metadata?: string | undefined
}

export interface UnownedCounts {
  readonly threads: number
  /** Number of these threads that have an active run. */
  readonly busy: number
  readonly runs: number
}

const wanted =
  'tenant = $1 AND owner IS NULL AND ($2::uuid[] IS NULL OR thread_id = ANY ($2)) AND ($3::jsonb IS NULL OR metadata @> $3)'
const values = ({ tenant, ids, metadata }: UnownedThreads): unknown[] => [tenant, ids ?? null, metadata ?? null]

export async function countUnownedThreads(database: Queryable, threads: UnownedThreads): Promise<UnownedCounts> {
  const { rows } = await database.query<UnownedCounts>(
    `WITH thread AS MATERIALIZED (SELECT thread_id, status FROM hadal.thread WHERE ${wanted})
     SELECT (SELECT count(*)::int FROM thread) AS threads,
       (SELECT count(*)::int FROM thread WHERE status = 'busy') AS busy,
       (SELECT count(*)::int FROM hadal.run JOIN thread USING (thread_id) WHERE run.owner IS NULL) AS runs`,
    values(threads),
  )
  return rows[0] ?? { threads: 0, busy: 0, runs: 0 }
}

/** Locks some threads that no run executes now. @returns their ids; threads that another transaction has locked are left out */
export async function lockUnownedThreads(
  database: Queryable,
  threads: UnownedThreads,
  most: number,
): Promise<string[]> {
  const { rows } = await database.query<{ thread_id: string }>(
    `SELECT thread_id FROM hadal.thread WHERE ${wanted} AND status <> 'busy'
     ORDER BY thread_id LIMIT ${most} FOR NO KEY UPDATE SKIP LOCKED`,
    values(threads),
  )
  return rows.map((row) => row.thread_id)
}

/** Tables whose rows get the owner of a thread, with the column `thread_id` or `run_id`. The audit of approvals is never changed. */
const ofThread = ['run', 'ready_run', 'tool_call', 'reservation', 'thread_spending'] as const
const ofRun = ['run_event', 'run_attempt', 'run_spending'] as const

/** Gives threads to a user, with everything of them that belongs to no user. @param ids threads that this transaction has locked */
export async function setOwner(
  database: Queryable,
  tenant: string,
  owner: string,
  ids: readonly string[],
): Promise<void> {
  for (const table of ofThread) {
    await database.query(
      `UPDATE hadal.${table} SET owner = $2 WHERE thread_id = ANY ($3::uuid[]) AND tenant = $1 AND owner IS NULL`,
      [tenant, owner, ids],
    )
  }
  for (const table of ofRun) {
    await database.query(
      `UPDATE hadal.${table} AS part SET owner = $2 FROM hadal.run AS run
       WHERE run.thread_id = ANY ($3::uuid[]) AND part.run_id = run.run_id AND part.tenant = $1 AND part.owner IS NULL`,
      [tenant, owner, ids],
    )
  }
  await database.query('UPDATE hadal.thread SET owner = $2 WHERE thread_id = ANY ($3::uuid[]) AND tenant = $1', [
    tenant,
    owner,
    ids,
  ])
}
