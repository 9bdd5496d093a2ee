import type { LoadedAgent, Superstep } from '../agents/loaded-agent.ts'
import { findThread, insertThread, type ThreadRow } from '../store/queries/thread-rows.ts'
import type { ThreadTtl } from '../store/queries/thread-ttl.ts'
import { wholeTenant } from '../store/scope.ts'
import { transaction } from '../store/transaction.ts'
import type { RunsContext } from './runs-context.ts'
import { writeState } from './write-state.ts'

/** A validated request for a new thread. `metadata` is JSON. */
export interface NewThread {
  readonly threadId: string
  readonly metadata: string
  readonly ttl: ThreadTtl | undefined
}

/**
 * Creates a thread. With supersteps, thread and state are written in one transaction, so a rejected superstep leaves no thread.
 *
 * @param history the supersteps, and the agent whose state they write
 * @returns the new thread; undefined if its id exists
 * @throws {Refusal} 422 for a superstep that the graph rejects
 */
export async function createThread(
  context: RunsContext,
  thread: NewThread,
  history?: { readonly agent: LoadedAgent; readonly supersteps: Superstep[] },
): Promise<ThreadRow | undefined> {
  if (!history) return insertThread(context.pool, context.scope, thread)
  return transaction(context.pool, async (client) => {
    if (!(await insertThread(client, context.scope, thread))) return undefined
    await writeState(context, client, history.agent, thread.threadId, undefined, history.supersteps)
    return findThread(client, wholeTenant(context.scope.tenant), thread.threadId)
  })
}
