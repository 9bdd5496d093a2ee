import type { Queryable } from '../transaction.ts'

/** A thread of a tenant. */
export interface OfThread {
  readonly tenant: string
  readonly threadId: string
}

/** SQL condition of an active run that is held if a question waits: it was accepted before the question, and no worker has started it. */
export const isHeld = (run: string): string => `${run}.held AND ${run}.status = 'pending' AND ${run}.started_at IS NULL`

/** Whether a thread shows a question about a tool call (an approval request) that has no final answer. An expired question counts as answered. */
export async function questionWaits(database: Queryable, { tenant, threadId }: OfThread): Promise<boolean> {
  const { rows } = await database.query<{ waits: boolean }>('SELECT hadal.question_waits_v1($1, $2) AS waits', [
    tenant,
    threadId,
  ])
  return rows[0]?.waits === true
}

/**
 * Marks the waiting runs of a thread as held, if the thread shows a question: they start after the answer. The caller's transaction must hold the
 * thread's lock and end the run that asked.
 */
export async function holdRuns(database: Queryable, { tenant, threadId }: OfThread): Promise<void> {
  await database.query('SELECT hadal.hold_runs_v1($1, $2)', [tenant, threadId])
}

/** Sets the status of a thread whose only active runs are held, after a transaction has set it to busy because of these runs. */
export async function restAtQuestion(database: Queryable, { tenant, threadId }: OfThread): Promise<void> {
  await database.query('SELECT hadal.rest_at_question_v1($1, $2)', [tenant, threadId])
}

/**
 * Puts the job of an accepted run in its place among the waiting runs of its thread: before all others if it answers or replaces the question for
 * which they wait, else last.
 */
export async function placeJob(
  database: Queryable,
  run: { readonly threadId: string; readonly runId: string; readonly first: boolean },
): Promise<void> {
  await database.query('SELECT hadal.place_job_v1($1, $2, $3)', [run.threadId, run.runId, run.first])
}
