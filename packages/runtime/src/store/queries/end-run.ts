import type { Queryable } from '../transaction.ts'
import type { RunStatus } from './run-rows.ts'
import type { ThreadStatus } from './thread-rows.ts'

export async function markEnded(
  database: Queryable,
  run: { runId: string; status: RunStatus; error: string | null },
): Promise<void> {
  await database.query(
    'UPDATE hadal.run SET status = $2, error = $3, ended_at = now(), updated_at = now() WHERE run_id = $1',
    [run.runId, run.status, run.error],
  )
}

/** What a thread looks like once nothing of it runs. Texts are JSON. */
export interface RestingThread {
  readonly status: Exclude<ThreadStatus, 'busy'>
  readonly values: string
  readonly interrupts: string
  readonly error: string | null
}

/** Gives the thread the state that a run left; it stays busy while another of its runs waits. */
export async function updateThreadState(database: Queryable, threadId: string, thread: RestingThread): Promise<void> {
  await database.query(
    `UPDATE hadal.thread SET
       status = CASE WHEN EXISTS (SELECT 1 FROM hadal.run WHERE thread_id = $1 AND status IN ('pending', 'running'))
         THEN 'busy' ELSE $2 END,
       "values" = $3, interrupts = $4, error = $5, updated_at = now(), state_updated_at = now()
     WHERE thread_id = $1`,
    [threadId, thread.status, thread.values, thread.interrupts, thread.error],
  )
}

/**
 * The thread rests as it did before, for a run that never began or left a state that can't be read: with its interrupts if it has some.
 *
 * @param error JSON of what went wrong, if something did
 */
export async function restThread(database: Queryable, threadId: string, error: string | null = null): Promise<void> {
  await database.query(
    `UPDATE hadal.thread SET updated_at = now(), error = coalesce($2::jsonb, error),
       status = CASE
         WHEN EXISTS (SELECT 1 FROM hadal.run WHERE thread_id = $1 AND status IN ('pending', 'running')) THEN 'busy'
         WHEN $2::jsonb IS NOT NULL THEN 'error'
         WHEN interrupts::text <> '{}' THEN 'interrupted'
         WHEN error IS NOT NULL THEN 'error'
         ELSE 'idle' END
     WHERE thread_id = $1`,
    [threadId, error],
  )
}

export async function requestCancel(database: Queryable, runId: string, action: string): Promise<void> {
  // A rollback that was asked for is not weakened to an interrupt.
  await database.query(
    `UPDATE hadal.run SET cancel = CASE WHEN cancel = 'rollback' THEN cancel ELSE $2 END, updated_at = now() WHERE run_id = $1`,
    [runId, action],
  )
}

/** Removes a run, its checkpoints, and its writes to the checkpoint that it continued from: the thread is as it was before it. */
export async function rollBackRun(database: Queryable, threadId: string, runId: string): Promise<void> {
  const ofRun =
    "SELECT checkpoint_ns, checkpoint_id FROM public.checkpoints WHERE thread_id = $1 AND metadata->>'run_id' = $2"
  await database.query(
    `DELETE FROM public.checkpoint_writes
     WHERE thread_id = $1 AND (hadal_run_id::text = $2 OR (checkpoint_ns, checkpoint_id) IN (${ofRun}))`,
    [threadId, runId],
  )
  await database.query("DELETE FROM public.checkpoints WHERE thread_id = $1 AND metadata->>'run_id' = $2", [
    threadId,
    runId,
  ])
  await database.query('DELETE FROM hadal.run WHERE run_id = $1', [runId])
}
