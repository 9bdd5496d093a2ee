import { getConfig } from '@langchain/langgraph'
import { text } from './unknown-value.ts'

/** Whose work it is: what one scope owns, no other one sees. */
export interface ThreadScope {
  readonly tenant: string
  readonly threadId: string
}

/**
 * The thread that the present call of a tool or model belongs to, from `configurable.thread_id` and `configurable.tenant` (`default` without
 * one) of the graph that makes it, subagents' included.
 *
 * @throws Error with a sentence outside a graph, or in a run that has no thread
 */
export function currentThread(): ThreadScope {
  const configurable: Record<string, unknown> | undefined = getConfig()?.configurable
  const threadId = text(configurable?.thread_id)
  if (threadId === undefined) {
    throw new Error('The run has no thread, and files or a sandbox belong to one. Give `configurable.thread_id`.')
  }
  return { tenant: text(configurable?.tenant) ?? 'default', threadId }
}
