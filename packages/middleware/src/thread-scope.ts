import { getConfig } from '@langchain/langgraph'
import { tenantOf } from './tenant-of.ts'
import { text } from './unknown-value.ts'

/** Owner of files or a sandbox: one thread of one tenant. No other thread can access them. */
export interface ThreadScope {
  readonly tenant: string
  readonly threadId: string
}

/**
 * Thread and tenant of the current tool or model call, from `configurable.thread_id` and `configurable.tenant` (default: `default`) of the graph
 * that makes it, also in subagents.
 *
 * @throws Error outside of a graph, or in a run without a thread
 */
export function currentThread(): ThreadScope {
  const configurable: Record<string, unknown> | undefined = getConfig()?.configurable
  const threadId = text(configurable?.thread_id)
  if (threadId === undefined) {
    throw new Error('Files and sandboxes belong to a thread, and this run has none. Set `configurable.thread_id`.')
  }
  return { tenant: tenantOf(configurable), threadId }
}
