import type { Notification } from '../store/notifications.ts'
import { deleteThreads } from '../store/queries/delete-threads.ts'
import { activeRuns, findRun, isOver } from '../store/queries/run-rows.ts'
import { lockThread } from '../store/queries/thread-rows.ts'
import { queueDatabase } from '../store/queue-database.ts'
import { runQueue } from '../store/run-queue.ts'
import { changeable } from '../store/scope.ts'
import { transaction } from '../store/transaction.ts'
import { Refusal, unknownRun, unknownThread } from './refusal.ts'
import type { RunsContext } from './runs-context.ts'

/**
 * Deletes a thread with its runs, events and checkpoints. An active run of the thread loses its lease with its job, writes nothing more and stops.
 *
 * @throws {Refusal} 404 for an unknown thread
 */
export async function deleteThread(context: RunsContext, threadId: string): Promise<void> {
  const notifications: Notification[] = [{ kind: 'thread', threadId }]
  await transaction(context.pool, async (client) => {
    if (!(await lockThread(client, changeable(context.scope), threadId))) throw unknownThread(threadId)
    for (const { run_id: runId } of await activeRuns(client, { tenant: context.scope.tenant, threadId })) {
      await context.boss.deleteJob(runQueue, runId, { db: queueDatabase(client) })
      notifications.push({ kind: 'cancel', runId }, { kind: 'run', runId }, { kind: 'ended', runId })
    }
    await deleteThreads(client, [threadId])
  })
  context.notifications.send(...notifications)
}

/**
 * Deletes a run that is over, with its events. Its changes to the thread's state remain.
 *
 * @throws {Refusal} 404 for an unknown thread or run, 409 for a run that is not over
 */
export async function deleteRun(context: RunsContext, threadId: string, runId: string): Promise<void> {
  await transaction(context.pool, async (client) => {
    if (!(await lockThread(client, changeable(context.scope), threadId))) throw unknownThread(threadId)
    const run = await findRun(client, context.scope, runId)
    if (run?.thread_id !== threadId) throw unknownRun(threadId, runId)
    if (!isOver(run.status)) throw new Refusal(409, `Run ${runId} is ${run.status}. Cancel it first, then delete it.`)
    await client.query('DELETE FROM hadal.run WHERE run_id = $1 AND tenant = $2', [runId, context.scope.tenant])
    // A new version of the thread's row: a replica with the old one does not list the thread's runs.
    await client.query('UPDATE hadal.thread SET status = status WHERE thread_id = $1 AND tenant = $2', [
      threadId,
      context.scope.tenant,
    ])
  })
  context.notifications.send({ kind: 'run', runId })
}
