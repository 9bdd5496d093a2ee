import { findRun, isOver, type RunRow } from '../store/queries/run-rows.ts'
import { markRunning, runProgress } from '../store/queries/start-run.ts'
import { lockThread } from '../store/queries/thread-rows.ts'
import { queueDatabase } from '../store/queue-database.ts'
import { type Lease, leaseQuery, runQueue } from '../store/run-queue.ts'
import { transaction } from '../store/transaction.ts'
import type { RunsContext } from './runs-context.ts'

/** A run that killed its process so often without a new checkpoint is not started again. */
export const mostFruitlessStarts = 3

export interface StartedRun {
  readonly run: RunRow
  readonly startedAt: Date
  /** A checkpoint of this run is there: its input was taken, and it goes on from there. */
  readonly inputWritten: boolean
  readonly lastSequence: number
  /** Not to be executed, but ended: it was cancelled, or killed its process too often. */
  readonly instead?: 'cancelled' | 'dead'
}

/**
 * Begins an attempt that was claimed.
 *
 * @returns undefined if there is nothing to do: the lease is lost already, the run is over or deleted
 */
export async function startRun(context: RunsContext, lease: Lease): Promise<StartedRun | undefined> {
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
    const fruitful = progress.checkpoint !== run.checkpoint_at_start
    const fruitlessStarts = fruitful ? 1 : run.fruitless_starts + 1
    const dead = fruitlessStarts > mostFruitlessStarts
    const startedAt = await markRunning(client, {
      runId: lease.runId,
      attempt: lease.attempt,
      fruitlessStarts,
      checkpoint: progress.checkpoint,
    })
    return {
      run,
      startedAt,
      inputWritten: progress.input_written,
      lastSequence: progress.last_sequence,
      ...(run.cancel ? { instead: 'cancelled' as const } : dead ? { instead: 'dead' as const } : {}),
    }
  })
}
