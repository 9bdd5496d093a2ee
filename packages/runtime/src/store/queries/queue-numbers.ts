import type { Queryable } from '../transaction.ts'
import type { RunStatus } from './run-rows.ts'

export interface QueueNumbers {
  readonly pending: number
  readonly running: number
  /** Seconds since the creation of the oldest waiting run that may start now; 0 if none is waiting. */
  readonly oldestSeconds: number
  /** Number of threads with the status `interrupted`. */
  readonly interruptedThreads: number
}

/**
 * Returns the numbers of waiting and running runs of all processes. A run that is scheduled for later, or waits behind another run of its thread,
 * is not counted.
 */
export async function queueNumbers(database: Queryable): Promise<QueueNumbers> {
  const { rows } = await database.query<{ status: RunStatus; count: number; oldest: number | null }>(
    `SELECT run.status, count(*)::int AS count,
       extract(epoch FROM now() - min(greatest(run.created_at, job.start_after)) FILTER (WHERE job.start_after <= now()))::float8 AS oldest
     FROM hadal.run AS run LEFT JOIN pgboss.job AS job ON job.name = 'run' AND job.id = run.run_id
     WHERE run.status = 'running' OR (run.status = 'pending' AND NOT EXISTS (
       SELECT 1 FROM hadal.run AS before
       WHERE before.thread_id = run.thread_id AND before.status IN ('pending', 'running') AND before.created_at < run.created_at))
     GROUP BY run.status`,
  )
  const interrupted = await database.query<{ count: number }>(
    "SELECT count(*)::int AS count FROM hadal.thread WHERE status = 'interrupted'",
  )
  const of = (status: RunStatus) => rows.find((row) => row.status === status)
  return {
    pending: of('pending')?.count ?? 0,
    running: of('running')?.count ?? 0,
    oldestSeconds: Math.max(of('pending')?.oldest ?? 0, 0),
    interruptedThreads: interrupted.rows[0]?.count ?? 0,
  }
}
