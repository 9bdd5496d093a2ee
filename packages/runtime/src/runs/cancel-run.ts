import type pg from 'pg'
import { notifyPayload, notifyQuery } from '../store/notifications.ts'
import { markEnded, requestCancel, restThread, rollBackRun } from '../store/queries/end-run.ts'
import { type CancelAction, findRun, isOver, type RunRow } from '../store/queries/run-rows.ts'
import { lockThread, type ThreadRow } from '../store/queries/thread-rows.ts'
import { queueDatabase } from '../store/queue-database.ts'
import { runQueue } from '../store/run-queue.ts'
import { transaction } from '../store/transaction.ts'
import { settleApprovals } from './approvals/settle-approvals.ts'
import { Refusal, unknownRun, unknownThread } from './refusal.ts'
import type { RunsContext } from './runs-context.ts'

/**
 * Cancels a run that is not over. A run that no worker has started ends at once; otherwise its worker is notified and ends it. The caller's
 * transaction must hold the thread's lock.
 */
export async function cancelActiveRun(
  context: RunsContext,
  client: pg.PoolClient,
  thread: Pick<ThreadRow, 'thread_id'>,
  run: RunRow,
  action: CancelAction,
): Promise<void> {
  await requestCancel(client, run.run_id, action)
  await client.query(notifyQuery, [notifyPayload({ kind: 'cancel', runId: run.run_id })])
  // A run that a worker returned or lost may have left checkpoints and side effects. Its next attempt ends it like an active run.
  if (run.status !== 'pending' || run.started_at !== null) return
  await context.boss.deleteJob(runQueue, run.run_id, { db: queueDatabase(client) })
  if (action === 'rollback') await rollBackRun(client, thread.thread_id, run.run_id)
  else await markEnded(client, { runId: run.run_id, status: 'interrupted', error: null })
  await restThread(client, thread.thread_id)
  const reason = 'its run was cancelled before it began'
  await settleApprovals(context, client, thread.thread_id, { runId: run.run_id, actor: 'hadal:run', reason })
  await client.query(notifyQuery, [notifyPayload({ kind: 'run', runId: run.run_id })])
  await client.query(notifyQuery, [notifyPayload({ kind: 'queued' })])
}

/**
 * Cancels a run of a thread.
 *
 * @throws {Refusal} 404 for an unknown thread or run; 409 for a run that is over
 */
export async function cancelRun(
  context: RunsContext,
  threadId: string,
  runId: string,
  action: CancelAction,
): Promise<void> {
  await transaction(context.pool, async (client) => {
    const thread = await lockThread(client, threadId)
    if (!thread) throw unknownThread(threadId)
    const run = await findRun(client, runId)
    if (run?.thread_id !== threadId) throw unknownRun(threadId, runId)
    if (isOver(run.status)) {
      throw new Refusal(409, `Run ${runId} is over already, with status "${run.status}". There is nothing to cancel.`)
    }
    await cancelActiveRun(context, client, thread, run, action)
  })
}
