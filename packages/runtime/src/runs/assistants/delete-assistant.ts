import {
  activeRunsOfAssistant,
  deleteAssistantRow,
  deletingAssistants,
  markDeleting,
  threadsOfAssistant,
} from '../../store/queries/delete-assistant.ts'
import { changeable, ownScope, wholeTenant } from '../../store/scope.ts'
import { transaction } from '../../store/transaction.ts'
import { cancelRun } from '../cancel-run.ts'
import { deleteThread } from '../delete-thread.ts'
import type { Loops } from '../loops.ts'
import { Refusal } from '../refusal.ts'
import { inScope, type RunsContext } from '../runs-context.ts'

/** Maximum number of runs or threads that are read at once. Each is stopped or deleted in its own transaction. */
const mostAtOnce = 100

/**
 * Deletes an assistant with its versions, cancels its queued and running runs, and deletes its threads if that is wanted. The assistant accepts no
 * run from the moment the deletion begins. A deletion that its process did not finish is finished at the next start of a server, or by another call.
 *
 * @returns whether the assistant existed
 */
export async function deleteAssistant(
  context: RunsContext,
  assistantId: string,
  withThreads: boolean,
): Promise<boolean> {
  const scope = changeable(context.scope)
  const key = { scope, assistantId }
  if (!(await transaction(context.pool, (client) => markDeleting(client, key, withThreads)))) return false
  await finishDeletion(inScope(context, scope), assistantId, withThreads)
  return true
}

/** Finishes the deletions of assistants that another process began and did not finish. */
export async function finishDeletions(context: RunsContext, loops: Loops): Promise<void> {
  for (const { tenant, owner, assistant_id, deletes_threads } of await deletingAssistants(loops.pool))
    await finishDeletion(inScope(context, ownScope({ tenant, owner })), assistant_id, deletes_threads)
}

/**
 * Finishes the deletion of an assistant. Deletes only those of its threads that the scope sees, because another user's thread can name any assistant
 * in its metadata.
 */
async function finishDeletion(context: RunsContext, assistantId: string, withThreads: boolean): Promise<void> {
  const { scope } = context
  if (withThreads) {
    await untilNone(
      () => threadsOfAssistant(context.pool, { scope, assistantId }, mostAtOnce),
      (threadId) => deleteThread(context, threadId),
    )
  }
  const key = { tenant: scope.tenant, assistantId }
  const ofTenant = inScope(context, wholeTenant(scope.tenant))
  await untilNone(
    () => activeRunsOfAssistant(ofTenant.pool, key, mostAtOnce),
    (run) =>
      cancelRun(ofTenant, run.thread_id, run.run_id, { action: 'interrupt', reason: 'its assistant was deleted' }),
  )
  await deleteAssistantRow(ofTenant.pool, key)
}

/** Handles found rows until there are none. A row that another request has handled meanwhile is passed. */
async function untilNone<Row>(find: () => Promise<readonly Row[]>, handle: (row: Row) => Promise<void>): Promise<void> {
  for (let found = await find(); found.length > 0; found = await find()) {
    for (const row of found) {
      await handle(row).catch((error: unknown) => {
        if (!(error instanceof Refusal)) throw error
      })
    }
  }
}
