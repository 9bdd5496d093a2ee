import { closeLeftAttempts } from '../store/queries/instances.ts'
import { attemptsOf, type ClosedAttempt, openAttempt, type RunAttempt } from '../store/queries/run-attempts.ts'
import { findRun, isOver, type RunRow } from '../store/queries/run-rows.ts'
import { markRunning, runningTime, runProgress } from '../store/queries/start-run.ts'
import { databaseTime, delaySuspect, markSuspect } from '../store/queries/suspects.ts'
import { lockThread } from '../store/queries/thread-rows.ts'
import { queueDatabase } from '../store/queue-database.ts'
import { type Lease, leaseQuery, runQueue } from '../store/run-queue.ts'
import { wholeTenant } from '../store/scope.ts'
import { transaction } from '../store/transaction.ts'
import type { RunsContext } from './runs-context.ts'
import { type Suspicion, suspicionOf } from './suspects/suspicion-of.ts'

/** A started attempt at a run, with the progress of earlier attempts. */
export interface StartedRun {
  readonly run: RunRow
  /** Milliseconds since the run's first start, by the database's clock. */
  readonly runningMs: number
  /** Whether the thread has a checkpoint of this run. The state then has the run's input, and the attempt continues from that checkpoint. */
  readonly inputWritten: boolean
  /** Id of the run's newest checkpoint; null if it has no checkpoint. */
  readonly checkpoint: string | null
  readonly lastSequence: number
  /** Attempts at the run before this one, oldest first, each with the reason for its end. */
  readonly attempts: readonly RunAttempt[]
  /** Whether the run is a suspect, i.e. may have killed the processes that executed it. A suspect is executed in a child process: see suspicionOf. */
  readonly suspect: boolean
  /** Reason why the graph is not executed: the run was cancelled, has killed too many child processes, or was stopped in its child process. */
  readonly instead?: 'cancelled' | 'guilty' | 'stopped'
}

/** Milliseconds until a worker claims a suspect run again that waits because another suspect is executed. */
const turnAgainMs = 5_000

/**
 * Starts an attempt at a run that a worker has claimed, if the claim has not started it. The claim itself starts first attempts: see `firstAttempt`.
 *
 * @param takeTurn called for a suspect (a run that may have killed its processes); returns whether it may be executed now. A suspect that must wait
 * returns to the queue.
 * @returns undefined if there is nothing to execute: the lease is lost, the run is over or deleted, or the suspect must wait
 */
export async function startRun(
  context: RunsContext,
  lease: Lease,
  takeTurn: () => boolean,
): Promise<StartedRun | undefined> {
  const { instanceId } = context
  const { tenant } = lease
  let closed: readonly ClosedAttempt[] = []
  const started = await transaction(context.pool, async (client): Promise<StartedRun | undefined> => {
    const thread = await lockThread(client, wholeTenant(tenant), lease.threadId)
    const held = await client.query(leaseQuery, [lease.runId, lease.attempt])
    const run = await findRun(client, wholeTenant(tenant), lease.runId)
    if (held.rowCount === 0) return undefined
    if (!thread || !run || isOver(run.status)) {
      // A job without a run would be retried for ever, and would block the other runs of its thread.
      const job = { id: lease.runId, retryCount: lease.attempt }
      await context.boss.complete(runQueue, job, null, { db: queueDatabase(client) })
      return undefined
    }
    const progress = await runProgress(client, lease.threadId, lease.runId)
    const { runId, attempt } = lease
    closed = await closeLeftAttempts(client, { runId, attempt, tenant })
    const attempts = (await attemptsOf(client, runId, tenant)).filter((one) => one.attempt < attempt)
    const suspicion = suspicionOf(attempts, progress.checkpoint)
    if (suspicion.kind === 'suspect' && !run.cancel) {
      const now = await databaseTime(client)
      const { notBefore, workerDeaths } = suspicion
      const waits = notBefore && notBefore > now
      const until = waits ? notBefore : takeTurn() ? now : new Date(now.getTime() + turnAgainMs)
      if (until > now) {
        await delaySuspect(client, lease, until, workerDeaths)
        return undefined
      }
      await markSuspect(client, lease.runId, { until, workerDeaths })
    } else if (run.suspect_until) {
      await markSuspect(client, lease.runId, undefined)
    }
    const runningMs = await markRunning(client, { runId, attempt, checkpoint: progress.checkpoint })
    await openAttempt(client, { runId, attempt, tenant, instanceId, checkpoint: progress.checkpoint })
    return {
      run,
      runningMs,
      inputWritten: progress.input_written,
      checkpoint: progress.checkpoint,
      lastSequence: progress.last_sequence,
      attempts,
      suspect: suspicion.kind === 'suspect',
      ...insteadOf(run, suspicion),
    }
  })
  for (const one of closed) context.onAttemptEnd?.(one)
  return started
}

/** Returns the first attempt at a run, which the claim or the acceptance of the run started. */
export const firstAttempt = (run: RunRow): StartedRun => ({
  run,
  runningMs: 0,
  inputWritten: false,
  checkpoint: null,
  lastSequence: 0,
  attempts: [],
  suspect: false,
  ...insteadOf(run, { kind: 'none' }),
})

const insteadOf = ({ cancel }: RunRow, { kind }: Suspicion): Pick<StartedRun, 'instead'> => {
  if (cancel) return { instead: 'cancelled' }
  return kind === 'guilty' ? { instead: 'guilty' } : {}
}

/** Reads an attempt that another process has started or changed. @returns undefined if its lease is lost */
export async function readStartedRun(context: RunsContext, lease: Lease): Promise<StartedRun | undefined> {
  const { pool } = context
  const { rowCount } = await pool.query(leaseQuery, [lease.runId, lease.attempt])
  const run = await findRun(pool, wholeTenant(lease.tenant), lease.runId)
  if (rowCount === 0 || !run) return undefined
  const progress = await runProgress(pool, lease.threadId, lease.runId)
  const attempts = await attemptsOf(pool, lease.runId, lease.tenant)
  return {
    run,
    runningMs: await runningTime(pool, lease.runId),
    inputWritten: progress.input_written,
    checkpoint: progress.checkpoint,
    lastSequence: progress.last_sequence,
    attempts: attempts.filter((one) => one.attempt < lease.attempt),
    suspect: true,
    ...insteadOf(run, { kind: 'none' }),
  }
}
