import { queueSchema, runQueue } from '../run-queue.ts'
import type { Queryable } from '../transaction.ts'

export interface QueueNumbers {
  /** Number of waiting runs that may start now, at most 100,000. */
  readonly pending: number
  readonly running: number
  /** Seconds since the creation of the oldest waiting run that may start now; 0 if none is waiting. */
  readonly oldestSeconds: number
  /** Number of threads with the status `interrupted`. */
  readonly interruptedThreads: number
}

/** Maximum of {@link QueueNumbers.pending}: a scrape must not read a large backlog to its end. */
const mostCounted = 100_000
/** Number of waiting runs, in the order of claims, among which the oldest one is looked for. */
const mostAged = 100

/**
 * Returns the numbers of waiting and running runs of all processes. A run that is scheduled for later, or waits behind another run of its thread,
 * is not counted.
 */
export async function queueNumbers(database: Queryable, tenant: string): Promise<QueueNumbers> {
  const { rows } = await database.query<QueueNumbers>(
    `SELECT
       (SELECT count(*)::int FROM (SELECT 1 FROM hadal.ready_run WHERE tenant = $1 AND ready_at <= now() LIMIT ${mostCounted}) AS ready) AS pending,
       (SELECT count(*)::int FROM ${queueSchema}.job WHERE name = '${runQueue}' AND state = 'active') AS running,
       -- A run that a worker returned is claimed in the place of its creation, and waits since its return.
       (SELECT coalesce(max(extract(epoch FROM now() - greatest(job.created_on, job.start_after))), 0)::float8
         FROM (SELECT run_id FROM hadal.ready_run WHERE tenant = $1 AND ready_at <= now() ORDER BY ready_at LIMIT ${mostAged}) AS ready
         JOIN ${queueSchema}.job AS job ON job.name = '${runQueue}' AND job.id = ready.run_id) AS "oldestSeconds",
       (SELECT count(*)::int FROM hadal.thread WHERE status = 'interrupted') AS "interruptedThreads"`,
    [tenant],
  )
  const [numbers] = rows
  if (!numbers) throw new Error('The query for the numbers of the queue returned no row. This is a bug in Hadal.')
  return { ...numbers, oldestSeconds: Math.max(numbers.oldestSeconds, 0) }
}
