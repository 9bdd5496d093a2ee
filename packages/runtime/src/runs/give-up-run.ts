import { LeaseLost } from '../store/leased-saver.ts'
import { correctLostAttempt } from '../store/queries/instances.ts'
import { retryWhileLeased } from '../store/retry-while-leased.ts'
import type { Lease } from '../store/run-queue.ts'
import type { Loss } from './active-run.ts'
import { returnRun } from './end-run.ts'
import type { RunsContext } from './runs-context.ts'

/** How long the process retries to record why it lost a run, in milliseconds: an unavailable database may be that very reason. */
const tellForMs = 60_000

/**
 * Records why this process abandoned a run whose lease is lost or may be lost: other processes can only see that the lease expired. After a
 * database outage, the run returns to the queue if its lease is still valid.
 */
export async function giveUpRun(context: RunsContext, lease: Lease, { reason, detail }: Loss): Promise<void> {
  const { instanceId, log, onAttemptEnd, pool } = context
  const ids = { run_id: lease.runId, thread_id: lease.threadId }
  log.warn({ ...ids, attempt: lease.attempt + 1, reason, detail }, 'lease_lost')
  const tell = async (): Promise<void> => {
    try {
      if (reason === 'database') return await returnRun(context, lease, reason, detail)
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error
    }
    const corrected = await correctLostAttempt(pool, { ...lease, instanceId }, reason, detail)
    if (corrected) onAttemptEnd?.({ run_id: lease.runId, attempt: lease.attempt, reason })
  }
  try {
    await retryWhileLeased(tell, { forMs: tellForMs })
  } catch (error) {
    log.warn({ ...ids, err: error }, 'lost_attempt_not_recorded')
  }
}
