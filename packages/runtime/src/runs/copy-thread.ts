import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import { agentSerializer } from '../agents/agent-serializer.ts'
import { connectionAsPool } from '../store/connection-as-pool.ts'
import { copyThreadRows } from '../store/queries/copy-thread-rows.ts'
import { updateThreadState } from '../store/queries/end-run.ts'
import {
  findThread,
  findThreadMetadata,
  lockThread,
  type ThreadRow,
  updateThread,
} from '../store/queries/thread-rows.ts'
import { changeable, wholeTenant } from '../store/scope.ts'
import { ThreadSaver } from '../store/thread-saver.ts'
import { transaction } from '../store/transaction.ts'
import { UnreadableValue } from '../store/unreadable-value.ts'
import { agentForThread } from './graph-config.ts'
import { graphWithSaver } from './graph-with-saver.ts'
import { unknownThread } from './refusal.ts'
import { restingThread } from './resting-thread.ts'
import type { RunsContext } from './runs-context.ts'
import { checkpointConfig } from './thread-state.ts'

/** Id of a copy, and keys that its metadata gets in addition, as JSON. */
export interface ThreadCopy {
  readonly threadId: string
  readonly metadata: string
}

/**
 * Copies a thread with its metadata, TTL, state and history, without its runs. The copy belongs to the caller.
 *
 * @returns the copy
 * @throws {Refusal} 404 for an unknown thread
 */
export async function copyThread(context: RunsContext, threadId: string, wanted?: ThreadCopy): Promise<ThreadRow> {
  const copyId = wanted?.threadId ?? randomUUID()
  const ofTenant = wholeTenant(context.scope.tenant)
  const copy = await transaction(context.pool, async (client) => {
    const thread = await lockThread(client, changeable(context.scope), threadId)
    if (!thread) throw unknownThread(threadId)
    await copyThreadRows(client, context.scope, threadId, copyId)
    if (thread.status === 'busy') await restCopy(context, client, threadId, copyId)
    if (wanted) await updateThread(client, ofTenant, copyId, { metadata: wanted.metadata, ttl: undefined })
    return findThread(client, ofTenant, copyId)
  })
  if (!copy) throw unknownThread(copyId)
  return copy
}

/** Sets the state of the copy of a busy thread: the active run has written checkpoints since the thread's row was last written. */
async function restCopy(context: RunsContext, client: pg.PoolClient, threadId: string, copyId: string): Promise<void> {
  const graphId = (await findThreadMetadata(client, context.scope, threadId))?.graph_id
  const listed = typeof graphId === 'string' ? context.agents.get(graphId) : undefined
  if (!listed || listed.problem !== undefined) return
  const agent = await agentForThread(client, listed, { tenant: context.scope.tenant, threadId })
  const saver = new ThreadSaver(connectionAsPool(client, true), agentSerializer(agent, context))
  try {
    const newest = await graphWithSaver(agent.graph, saver).getState(checkpointConfig(copyId))
    if (newest.createdAt)
      await updateThreadState(
        client,
        { tenant: context.scope.tenant, threadId: copyId },
        await restingThread(newest, null),
      )
  } catch (error) {
    // The copy then keeps the values of the last row, as the thread itself does.
    if (!(error instanceof UnreadableValue)) throw error
  }
}
