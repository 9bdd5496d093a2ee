import { attemptsOf, closeAttempt, openAttempt, type RunAttempt } from '../store/queries/run-attempts.ts'
import { findRun, isOver, type RunRow } from '../store/queries/run-rows.ts'
import { markRunning, runProgress } from '../store/queries/start-run.ts'
import { lockThread } from '../store/queries/thread-rows.ts'
import { queueDatabase } from '../store/queue-database.ts'
import { type Lease, leaseQuery, runQueue } from '../store/run-queue.ts'
import { transaction } from '../store/transaction.ts'
import type { RunsContext } from './runs-context.ts'
import { isSuspect } from './suspects/is-suspect.ts'

export interface StartedRun {
  readonly run: RunRow
  readonly startedAt: Date
  /** A checkpoint of this run is there: its input was taken, and it goes on from there. */
  readonly inputWritten: boolean
  /** The run's newest checkpoint. */
  readonly checkpoint: string | null
  readonly lastSequence: number
  /** Attempts before this one, oldest first, each with its reason. */
  readonly attempts: readonly RunAttempt[]
  /** Whether the run may have killed the processes that it was in: see isSuspect. */
  readonly suspect: boolean
  /** Not to be executed, but ended: it was cancelled. */
  readonly instead?: 'cancelled'
}

/**
 * Begins an attempt that was claimed.
 *
 * @returns undefined if there is nothing to do: the lease is lost already, the run is over or deleted
 */
export async function startRun(context: RunsContext, lease: Lease): Promise<StartedRun | undefined> {
  const { instanceId, tenant } = context
  return transaction(context.pool, async (client) => {
    const thread = await lockThread(client, lease.threadId)
    const held = await client.query(leaseQuery, [lease.runId, lease.attempt])
    const run = await findRun(client, lease.runId)
    if (held.rowCount === 0) return undefined
    if (!thread || !run || isOver(run.status)) {
      // A job without a run would come again for ever, and hold its thread's other runs back.
      const job = { id: lease.runId, retryCount: lease.attempt }
      await context.boss.complete(runQueue, job, null, { db: queueDatabase(client) })
      return undefined
    }
    const progress = await runProgress(client, lease.threadId, lease.runId)
    const attempts = await closedAttempts(client, lease, tenant)
    const { runId, attempt } = lease
    const startedAt = await markRunning(client, { runId, attempt, checkpoint: progress.checkpoint })
    await openAttempt(client, { runId, attempt, tenant, instanceId, checkpoint: progress.checkpoint })
    return {
      run,
      startedAt,
      inputWritten: progress.input_written,
      checkpoint: progress.checkpoint,
      lastSequence: progress.last_sequence,
      attempts,
      suspect: isSuspect(attempts, progress.checkpoint),
      ...(run.cancel ? { instead: 'cancelled' as const } : {}),
    }
  })
}

/** The attempts before this one. One that has no reason yet gets it now: its lease ran out. */
async function closedAttempts(
  client: Parameters<typeof attemptsOf>[0],
  { runId, attempt }: Lease,
  tenant: string,
): Promise<readonly RunAttempt[]> {
  const open = (await attemptsOf(client, runId, tenant)).filter((one) => one.attempt < attempt && one.reason === null)
  for (const one of open) await closeAttempt(client, { runId, attempt: one.attempt, tenant }, 'lease_late')
  return (await attemptsOf(client, runId, tenant)).filter((one) => one.attempt < attempt)
}
