import type pg from 'pg'
import type { Notification } from '../store/notifications.ts'
import { markEnded, requestCancel, restThread, rollBackRun } from '../store/queries/end-run.ts'
import { releaseRun } from '../store/queries/run-reviews.ts'
import { type CancelAction, findRun, isOver, type RunRow } from '../store/queries/run-rows.ts'
import { lockThread, type ThreadRow } from '../store/queries/thread-rows.ts'
import { queueDatabase } from '../store/queue-database.ts'
import { runQueue } from '../store/run-queue.ts'
import { changeable } from '../store/scope.ts'
import { transaction } from '../store/transaction.ts'
import { settleApprovals } from './approvals/settle-approvals.ts'
import { Refusal, unknownRun, unknownThread } from './refusal.ts'
import type { RunsContext } from './runs-context.ts'

/** Cancel of a run, as a client requests it. */
export interface Cancel {
  readonly action: CancelAction
  /** Reason that the client gives, which is kept with the run. */
  readonly reason?: string
}

/**
 * Cancels a run that is not over. A run that no worker has started ends at once; otherwise its worker ends it. The caller's transaction must hold
 * the thread's lock. The review of a run after a restore ends: nothing of it is left to execute.
 *
 * @returns notifications that the caller sends after its commit
 */
export async function cancelActiveRun(
  context: RunsContext,
  client: pg.PoolClient,
  thread: Pick<ThreadRow, 'thread_id'>,
  run: RunRow,
  cancel: Cancel,
): Promise<Notification[]> {
  const runId = run.run_id
  await requestCancel(client, runId, cancel)
  const reviewed = run.status === 'pending' && (await releaseRun(client, runId))
  // A run that a worker returned or lost may have left checkpoints and side effects. Its next attempt ends it like an active run.
  if (run.status !== 'pending' || run.started_at !== null) {
    return [{ kind: 'cancel', runId }, ...(reviewed ? [{ kind: 'queued' } as const] : [])]
  }
  await context.boss.deleteJob(runQueue, runId, { db: queueDatabase(client) })
  if (cancel.action === 'rollback') await rollBackRun(client, thread.thread_id, runId)
  else await markEnded(client, { tenant: run.tenant, runId, status: 'interrupted', error: null })
  await restThread(client, { tenant: run.tenant, threadId: thread.thread_id })
  const reason = 'its run was cancelled before it began'
  await settleApprovals(context, client, thread.thread_id, { runId, actor: 'hadal:run', reason })
  return [{ kind: 'cancel', runId }, { kind: 'run', runId }, { kind: 'ended', runId }, { kind: 'queued' }]
}

/**
 * Cancels a run of a thread.
 *
 * @throws {Refusal} 404 for an unknown thread or run; 409 for a run that is over
 */
export async function cancelRun(context: RunsContext, threadId: string, runId: string, cancel: Cancel): Promise<void> {
  const notifications = await transaction(context.pool, async (client) => {
    const thread = await lockThread(client, changeable(context.scope), threadId)
    if (!thread) throw unknownThread(threadId)
    const run = await findRun(client, context.scope, runId)
    if (run?.thread_id !== threadId) throw unknownRun(threadId, runId)
    if (isOver(run.status)) {
      throw new Refusal(409, `Run ${runId} is over already, with status "${run.status}". There is nothing to cancel.`)
    }
    return cancelActiveRun(context, client, thread, run, cancel)
  })
  context.notifications.send(...notifications)
}
