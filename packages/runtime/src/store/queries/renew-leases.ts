import { type Lease, queueSchema, runQueue } from '../run-queue.ts'
import type { Queryable } from '../transaction.ts'
import type { CancelAction } from './run-rows.ts'

/**
 * Renews leases in the queue.
 *
 * @returns for each run with a valid lease, whether a client requested its cancellation
 */
export async function renewLeases(
  database: Queryable,
  leases: readonly Lease[],
): Promise<ReadonlyMap<string, CancelAction | null>> {
  const { rows } = await database.query<{ id: string; cancel: CancelAction | null }>(
    `WITH renewed AS (
       UPDATE ${queueSchema}.job AS j SET heartbeat_on = now()
       FROM unnest($1::uuid[], $2::int[]) AS lease (run_id, attempt)
       WHERE j.name = '${runQueue}' AND j.id = lease.run_id AND j.retry_count = lease.attempt AND j.state = 'active'
       RETURNING j.id)
     SELECT renewed.id, run.cancel FROM renewed LEFT JOIN hadal.run AS run ON run.run_id = renewed.id`,
    [leases.map((lease) => lease.runId), leases.map((lease) => lease.attempt)],
  )
  return new Map(rows.map((row) => [row.id, row.cancel]))
}
