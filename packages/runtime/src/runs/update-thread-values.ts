import type { LoadedAgent, StateUpdate } from '../agents/loaded-agent.ts'
import { lockThread } from '../store/queries/thread-rows.ts'
import { changeable } from '../store/scope.ts'
import { transaction } from '../store/transaction.ts'
import { Refusal, unknownThread } from './refusal.ts'
import { type NamedCheckpoint, requireCheckpoint, requireNamespace } from './require-checkpoint.ts'
import type { RunsContext } from './runs-context.ts'
import { threadActivity } from './thread-activity.ts'
import type { CheckpointName } from './thread-state.ts'
import { writeState } from './write-state.ts'

/**
 * Writes values into a thread's state as if a node had returned them. Writes the new checkpoints and the thread's row in one transaction.
 *
 * @param at checkpoint that the update follows; the newest by default
 * @param updates applied one after another, each as a superstep of its own
 * @throws {Refusal} 404 for an unknown thread, checkpoint or namespace; 409 while a run is active; 422 for an update that the graph rejects
 */
export async function updateThreadValues(
  context: RunsContext,
  agent: LoadedAgent,
  threadId: string,
  at: NamedCheckpoint | undefined,
  updates: readonly StateUpdate[],
): Promise<CheckpointName | null> {
  let releases = false
  const written = await transaction(context.pool, async (client) => {
    const thread = await lockThread(client, changeable(context.scope), threadId)
    if (!thread) throw unknownThread(threadId)
    await requireCheckpoint(client, threadId, at)
    await requireNamespace(client, threadId, at)
    const { active, held } = await threadActivity(client, context.scope.tenant, thread)
    const [busy] = active
    releases = held.length > 0
    if (busy) {
      throw new Refusal(
        409,
        `Thread ${threadId} is busy with run ${busy.run_id}. Wait for its end, or cancel it, then update the state.`,
      )
    }
    const supersteps = updates.map((update) => ({ updates: [update] }))
    return writeState(context, client, agent, threadId, at, supersteps)
  })
  context.notifications.send({ kind: 'thread', threadId })
  // The update may have withdrawn the question for which runs wait.
  if (releases) context.notifications.send({ kind: 'queued' })
  return written
}
