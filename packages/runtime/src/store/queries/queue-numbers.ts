import { queueSchema, runQueue } from '../run-queue.ts'
import type { Queryable } from '../transaction.ts'
import { runsUnderReview } from './run-reviews.ts'

export interface QueueNumbers {
  /** Number of waiting runs that may start now, at most 100,000. */
  readonly pending: number
  readonly running: number
  /** Maximum time in seconds that a run which may start now has waited for a worker; 0 if none is waiting. */
  readonly oldestSeconds: number
  /** Number of runs that wait for their release after a restore. */
  readonly underReview: number
  /** Number of threads with the status `interrupted`. */
  readonly interruptedThreads: number
}

/** Maximum of {@link QueueNumbers.pending}: a scrape must not read a large backlog to its end. */
const mostCounted = 100_000
/** Number of waiting runs, in the order of claims, among which the oldest one is looked for. */
const mostAged = 100

/**
 * Returns the numbers of waiting and running runs of all processes and tenants. A run that is scheduled for later, waits behind another run of its
 * thread, for the answer to a question, or for its release after a restore, does not count as waiting.
 */
export async function queueNumbers(database: Queryable): Promise<QueueNumbers> {
  const { rows } = await database.query<QueueNumbers>(
    `SELECT
       (SELECT count(*)::int FROM (SELECT 1 FROM hadal.ready_run WHERE ready_at <= now() LIMIT ${mostCounted}) AS ready) AS pending,
       (SELECT count(*)::int FROM ${queueSchema}.job WHERE name = '${runQueue}' AND state = 'active') AS running,
       -- A run that a worker returned, or that waited behind another run or for an answer, is claimed in the place of its creation.
       (SELECT coalesce(max(extract(epoch FROM now() - greatest(ready_at, ready_since))), 0)::float8
         FROM (SELECT ready_at, ready_since FROM hadal.ready_run
           WHERE ready_at <= now() ORDER BY ready_at LIMIT ${mostAged}) AS ready) AS "oldestSeconds",
       (SELECT count(*)::int FROM ${runsUnderReview}) AS "underReview",
       (SELECT count(*)::int FROM hadal.thread WHERE status = 'interrupted') AS "interruptedThreads"`,
  )
  const [numbers] = rows
  if (!numbers) throw new Error('The query for the numbers of the queue returned no row. This is a bug in Hadal.')
  return { ...numbers, oldestSeconds: Math.max(numbers.oldestSeconds, 0) }
}
