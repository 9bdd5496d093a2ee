import type pg from 'pg'
import { agentSerializer } from '../../agents/agent-serializer.ts'
import { connectionAsPool } from '../../store/connection-as-pool.ts'
import type { LockedThread, ThreadRow } from '../../store/queries/thread-rows.ts'
import { ThreadSaver } from '../../store/thread-saver.ts'
import { agentForThread } from '../graph-config.ts'
import type { NamedCheckpoint } from '../require-checkpoint.ts'
import { pendingInterrupts } from '../resting-thread.ts'
import type { RunsContext } from '../runs-context.ts'
import { checkpointConfig } from '../thread-state.ts'

/**
 * Pending interrupts of the checkpoint at which a run begins: only these can be answered. Without `at`, those of the thread's newest checkpoint.
 */
export async function interruptsAt(
  context: RunsContext,
  client: pg.PoolClient,
  thread: LockedThread,
  graphId: string,
  at: NamedCheckpoint | undefined,
): Promise<ThreadRow['interrupts']> {
  const listed = context.agents.get(graphId)
  if (!at?.checkpoint_id || !listed) return thread.interrupts
  const agent = await agentForThread(client, listed, thread.thread_id)
  const saver = new ThreadSaver(connectionAsPool(client, true), agentSerializer(agent, context))
  const { configurable } = checkpointConfig(thread.thread_id, at)
  return pendingInterrupts(
    await agent.graph.getState({ configurable: { ...configurable, __pregel_checkpointer: saver } }),
  )
}
