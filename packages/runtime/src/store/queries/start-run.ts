import { newestFirst } from '../checkpoint-order.ts'
import type { Queryable } from '../transaction.ts'

/**
 * Progress of a run's earlier attempts: the newest checkpoint after a node, whether the run's input was written (the run has a checkpoint of the
 * root graph), and the last event. The checkpoint of an input, and the one of LangGraph's own node `__start__` after it, precede all nodes of the
 * graph and are no progress.
 */
export interface RunProgress {
  readonly checkpoint: string | null
  readonly input_written: boolean
  readonly last_sequence: number
}

export async function runProgress(database: Queryable, threadId: string, runId: string): Promise<RunProgress> {
  const { rows } = await database.query<RunProgress>(
    `SELECT (array_agg(checkpoint_id ORDER BY ${newestFirst}) FILTER (WHERE step > coalesce(input_step + 1, step - 1)))[1] AS checkpoint,
       coalesce(bool_or(checkpoint_ns = ''), false) AS input_written,
       (SELECT coalesce(max(sequence), 0) FROM hadal.run_event WHERE run_id = $2::uuid) AS last_sequence
     FROM (
       SELECT checkpoint_id, hadal_sequence, checkpoint_ns, (metadata->>'step')::integer AS step,
         max((metadata->>'step')::integer) FILTER (WHERE metadata->>'source' = 'input') OVER (PARTITION BY checkpoint_ns) AS input_step
       FROM public.checkpoints WHERE thread_id = $1 AND metadata->>'run_id' = $2::text) AS of_run`,
    [threadId, runId],
  )
  return rows[0] ?? { checkpoint: null, input_written: false, last_sequence: 0 }
}

/** SQL for the milliseconds since the run's first start, by the database's clock: the clocks of servers differ. */
const runningMs = '(extract(epoch FROM clock_timestamp() - started_at) * 1000)::float8 AS running_ms'

/** Returns the milliseconds since a run's first start; 0 if it has not started. */
export async function runningTime(database: Queryable, runId: string): Promise<number> {
  const text = `SELECT ${runningMs} FROM hadal.run WHERE run_id = $1 AND started_at IS NOT NULL`
  const { rows } = await database.query<{ running_ms: number }>(text, [runId])
  return rows[0]?.running_ms ?? 0
}

/**
 * Records that a run is running. `fruitless_starts` is reset because only the previous release reads it: that release sets a run aside after four
 * of its own starts without a new checkpoint.
 *
 * @returns milliseconds since the run's first start
 */
export async function markRunning(
  database: Queryable,
  run: { runId: string; attempt: number; checkpoint: string | null },
): Promise<number> {
  const { rows } = await database.query<{ running_ms: number }>(
    `UPDATE hadal.run SET status = 'running', attempt = $2, fruitless_starts = 0, checkpoint_at_start = $3,
       started_at = coalesce(started_at, now()), updated_at = now()
     WHERE run_id = $1 RETURNING ${runningMs}`,
    [run.runId, run.attempt, run.checkpoint],
  )
  return rows[0]?.running_ms ?? 0
}

/** Records that a run is back in the queue. */
export async function markReturned(database: Queryable, runId: string): Promise<void> {
  await database.query("UPDATE hadal.run SET status = 'pending', updated_at = now() WHERE run_id = $1", [runId])
}
