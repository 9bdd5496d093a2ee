import type pg from 'pg'
import { agentSerializer } from '../agents/agent-serializer.ts'
import type { LoadedAgent, Superstep } from '../agents/loaded-agent.ts'
import { ClientSaver } from '../store/client-saver.ts'
import { connectionAsPool } from '../store/connection-as-pool.ts'
import { isConnectionTrouble } from '../store/connection-trouble.ts'
import { updateThreadState } from '../store/queries/end-run.ts'
import { withdrawInterrupts } from '../store/queries/withdraw-interrupts.ts'
import { actorOf } from './approvals/actor-of.ts'
import { settleApprovals } from './approvals/settle-approvals.ts'
import { graphWithSaver } from './graph-with-saver.ts'
import { Refusal } from './refusal.ts'
import type { NamedCheckpoint } from './require-checkpoint.ts'
import { restingThread } from './resting-thread.ts'
import { runError } from './run-error.ts'
import type { RunsContext } from './runs-context.ts'
import { type CheckpointName, checkpointConfig, checkpointOf } from './thread-state.ts'

/** Error of LangGraph for an update that more than one node could have made. */
const ambiguous = /^Ambiguous update/

/**
 * Applies the updates of a client to a thread's state, and writes the thread's row and the approval ledger. The caller's transaction must hold the
 * thread's lock.
 *
 * @param at checkpoint that the first update follows; the newest by default. Its namespace names the subgraph that is updated.
 * @returns the last new checkpoint
 * @throws {Refusal} 422 for an update that the graph rejects
 */
export async function writeState(
  context: RunsContext,
  client: pg.PoolClient,
  agent: LoadedAgent,
  threadId: string,
  at: NamedCheckpoint | undefined,
  supersteps: Superstep[],
): Promise<CheckpointName | null> {
  const { graphId } = agent
  const saver = new ClientSaver(
    connectionAsPool(client, true),
    agentSerializer(agent, context),
    context.scope.tenant,
    graphId,
  )
  const graph = graphWithSaver(agent.graph, saver)
  try {
    const config = await graph.bulkUpdateState(checkpointConfig(threadId, at), supersteps)
    if (at?.checkpoint_ns) await withdrawInterrupts(client, threadId, at.checkpoint_ns)
    const newest = await graph.getState(checkpointConfig(threadId))
    await updateThreadState(client, { tenant: context.scope.tenant, threadId }, await restingThread(newest, null))
    const reason = 'a client wrote the state of the thread'
    await settleApprovals(context, client, threadId, { runId: null, actor: actorOf(context.scope.owner), reason })
    return checkpointOf(config)
  } catch (error) {
    if (isConnectionTrouble(error)) throw error
    const { message } = runError(error, context.redactor)
    if (ambiguous.test(message)) {
      throw new Refusal(
        422,
        `Several nodes of the graph "${graphId}" could have made this update. Send as_node with the name of one: GET /assistants/${graphId}/graph lists them.`,
      )
    }
    throw new Refusal(422, `The graph "${graphId}" refuses this update: ${message}`)
  }
}
