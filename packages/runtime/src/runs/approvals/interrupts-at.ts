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
import { closedApprovals } from './closed-approvals.ts'

/** Pending interrupts that a run can answer. */
export interface AnswerableInterrupts {
  readonly interrupts: ThreadRow['interrupts']
  /** Digests of approval requests that no longer wait, although LangGraph lists their interrupts. */
  readonly closed?: ReadonlySet<string>
}

/**
 * Pending interrupts of the checkpoint at which a run begins: only these can be answered. Without `at`, those of the thread's newest checkpoint.
 */
export async function interruptsAt(
  context: RunsContext,
  client: pg.PoolClient,
  thread: LockedThread,
  graphId: string,
  at: NamedCheckpoint | undefined,
): Promise<AnswerableInterrupts> {
  const listed = context.agents.get(graphId)
  // The end of a run has removed the closed requests from the thread's row.
  if (!at?.checkpoint_id || !listed) return { interrupts: thread.interrupts }
  const agent = await agentForThread(client, listed, thread.thread_id)
  const saver = new ThreadSaver(connectionAsPool(client, true), agentSerializer(agent, context))
  const { configurable } = checkpointConfig(thread.thread_id, at)
  const interrupts = pendingInterrupts(
    await agent.graph.getState({ configurable: { ...configurable, __pregel_checkpointer: saver } }),
  )
  const of = { tenant: context.tenant, threadIds: [thread.thread_id] }
  return { interrupts, closed: await closedApprovals(client, of, [interrupts]) }
}
