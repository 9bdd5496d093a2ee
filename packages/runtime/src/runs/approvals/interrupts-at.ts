import type pg from 'pg'
import { agentSerializer } from '../../agents/agent-serializer.ts'
import { connectionAsPool } from '../../store/connection-as-pool.ts'
import type { LockedThread, ThreadRow } from '../../store/queries/thread-rows.ts'
import { ThreadSaver } from '../../store/thread-saver.ts'
import { agentForThread } from '../graph-config.ts'
import { graphWithSaver } from '../graph-with-saver.ts'
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
  /** Whether the graph stopped before its end. If it has no interrupt then, a client changed its state, or its last run was stopped. */
  readonly stopped: boolean
}

/** Returns the pending interrupts of the checkpoint at which a run begins. Without `at`, those of the thread's newest checkpoint. */
export async function interruptsAt(
  context: RunsContext,
  client: pg.PoolClient,
  thread: LockedThread,
  graphId: string,
  at: NamedCheckpoint | undefined,
): Promise<AnswerableInterrupts> {
  const listed = context.agents.get(graphId)
  const root = at?.checkpoint_ns ? { checkpoint_map: at.checkpoint_map } : at
  const { configurable } = checkpointConfig(thread.thread_id, root)
  // The end of a run has removed the closed requests from the thread's row.
  if (!configurable.checkpoint_id || !listed)
    return { interrupts: thread.interrupts, stopped: thread.status === 'interrupted' }
  const agent = await agentForThread(client, listed, {
    tenant: context.scope.tenant,
    threadId: thread.thread_id,
  })
  const saver = new ThreadSaver(connectionAsPool(client, true), agentSerializer(agent, context))
  const snapshot = await graphWithSaver(agent.graph, saver).getState({ configurable })
  const interrupts = pendingInterrupts(snapshot)
  const of = { tenant: context.scope.tenant, threadIds: [thread.thread_id] }
  return { interrupts, closed: await closedApprovals(client, of, [interrupts]), stopped: snapshot.next.length > 0 }
}
