import type { Notification } from '../store/notifications.ts'
import { listActiveThreads } from '../store/queries/active-threads.ts'
import { activeRuns, findRun, isOver, type RunRow, type RunStatus } from '../store/queries/run-rows.ts'
import { lockThread } from '../store/queries/thread-rows.ts'
import { changeable } from '../store/scope.ts'
import { transaction } from '../store/transaction.ts'
import { type Cancel, cancelActiveRun } from './cancel-run.ts'
import { unknownRun, unknownThread } from './refusal.ts'
import type { RunsContext } from './runs-context.ts'

/** Maximum number of threads that one statement lists. */
const threadsAtOnce = 500

/**
 * Cancels runs of one thread in one transaction. Runs that are over already are left as they are.
 *
 * @throws {Refusal} 404 for an unknown thread or run; no run is cancelled then
 */
export async function cancelRunsOfThread(
  context: RunsContext,
  threadId: string,
  runIds: readonly string[],
  cancel: Cancel,
): Promise<void> {
  const notifications: Notification[] = []
  await transaction(context.pool, async (client) => {
    const thread = await lockThread(client, changeable(context.scope), threadId)
    if (!thread) throw unknownThread(threadId)
    for (const runId of new Set(runIds)) {
      const run = await findRun(client, context.scope, runId)
      if (run?.thread_id !== threadId) throw unknownRun(threadId, runId)
      if (!isOver(run.status)) notifications.push(...(await cancelActiveRun(context, client, thread, run, cancel)))
    }
  })
  context.notifications.send(...notifications)
}

/**
 * Cancels all runs of the caller's scope that have one of the statuses, thread by thread. A run that is accepted meanwhile may not be cancelled.
 *
 * @param signal ends the work after the current thread
 */
export async function cancelRunsByStatus(
  context: RunsContext,
  statuses: readonly RunStatus[],
  cancel: Cancel,
  signal: AbortSignal,
): Promise<void> {
  let after: string | undefined
  do {
    const threadIds = await listActiveThreads(context.pool, changeable(context.scope), after, threadsAtOnce)
    for (const threadId of threadIds) {
      if (signal.aborted) return
      await cancelOfThread(context, threadId, (run) => statuses.includes(run.status), cancel)
    }
    after = threadIds.at(-1)
  } while (after !== undefined)
}

async function cancelOfThread(
  context: RunsContext,
  threadId: string,
  isWanted: (run: RunRow) => boolean,
  cancel: Cancel,
): Promise<void> {
  const notifications: Notification[] = []
  await transaction(context.pool, async (client) => {
    const thread = await lockThread(client, changeable(context.scope), threadId)
    if (!thread) return
    for (const run of (await activeRuns(client, { tenant: context.scope.tenant, threadId })).filter(isWanted)) {
      notifications.push(...(await cancelActiveRun(context, client, thread, run, cancel)))
    }
  })
  context.notifications.send(...notifications)
}
