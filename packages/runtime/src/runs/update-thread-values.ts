import { agentSerializer } from '../agents/agent-serializer.ts'
import type { LoadedAgent } from '../agents/loaded-agent.ts'
import { connectionAsPool } from '../store/connection-as-pool.ts'
import { isConnectionTrouble } from '../store/connection-trouble.ts'
import { updateThreadState } from '../store/queries/end-run.ts'
import { lockThread } from '../store/queries/thread-rows.ts'
import { ThreadSaver } from '../store/thread-saver.ts'
import { transaction } from '../store/transaction.ts'
import { settleApprovals } from './approvals/settle-approvals.ts'
import { Refusal, unknownThread } from './refusal.ts'
import { type NamedCheckpoint, requireCheckpoint } from './require-checkpoint.ts'
import { restingThread } from './resting-thread.ts'
import { runError } from './run-error.ts'
import type { RunsContext } from './runs-context.ts'
import { threadActivity } from './thread-activity.ts'
import { type CheckpointName, checkpointConfig, checkpointOf } from './thread-state.ts'

/**
 * Writes values into a thread's state as if a node had returned them. Writes the new checkpoint and the thread's row in one transaction.
 *
 * @param at checkpoint that the update follows; the newest by default
 * @throws {Refusal} 404 for an unknown thread or checkpoint; 409 while a run is active; 422 for an update that the graph rejects
 */
export async function updateThreadValues(
  context: RunsContext,
  agent: LoadedAgent,
  threadId: string,
  at: NamedCheckpoint | undefined,
  values: unknown,
  asNode: string | null | undefined,
): Promise<CheckpointName | null> {
  let releases = false
  const written = await transaction(context.pool, async (client) => {
    const thread = await lockThread(client, threadId)
    if (!thread) throw unknownThread(threadId)
    await requireCheckpoint(client, threadId, at)
    const { active, held } = await threadActivity(client, context.tenant, thread)
    const [busy] = active
    releases = held.length > 0
    if (busy) {
      throw new Refusal(
        409,
        `Thread ${threadId} is busy with run ${busy.run_id}. Wait for its end, or cancel it, then update the state.`,
      )
    }
    const saver = new ThreadSaver(connectionAsPool(client, true), agentSerializer(agent, context))
    const lent = { configurable: { ...checkpointConfig(threadId, at).configurable, __pregel_checkpointer: saver } }
    try {
      const config = await agent.graph.updateState(lent, values, asNode ?? undefined)
      const newest = { configurable: { thread_id: threadId, __pregel_checkpointer: saver } }
      await updateThreadState(client, threadId, await restingThread(await agent.graph.getState(newest), null))
      const reason = 'a client wrote the state of the thread'
      await settleApprovals(context, client, threadId, { runId: null, actor: 'client', reason })
      return checkpointOf(config)
    } catch (error) {
      if (isConnectionTrouble(error)) throw error
      throw new Refusal(
        422,
        `The graph "${agent.graphId}" refuses this update: ${runError(error, context.redactor).message}`,
      )
    }
  })
  context.notifications.send({ kind: 'thread', threadId })
  // The update may have withdrawn the question for which runs wait.
  if (releases) context.notifications.send({ kind: 'queued' })
  return written
}
