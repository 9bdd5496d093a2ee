import type { RunnableConfig } from '@langchain/core/runnables'
import type { StateSnapshot } from '@langchain/langgraph'
import type { BaseCheckpointSaver, BaseStore } from '@langchain/langgraph-checkpoint'
import type { AgentDeclaration } from './with-settings.ts'

/** Options of one call of a compiled graph: LangChain's configuration and LangGraph's options of a run. */
export type GraphOptions = RunnableConfig & Readonly<Record<string, unknown>>

/**
 * The part of a compiled LangGraph graph (`Pregel`) that the server uses. A compiled `StateGraph` has it, and so has the `graph` of a LangChain
 * agent (`createAgent`, `createDeepAgent`).
 *
 * The server sets the checkpointer (one for reading at the start, and one for each run) and the tenant's store.
 */
export interface RunnableGraph {
  readonly lg_is_pregel: boolean
  checkpointer?: BaseCheckpointSaver | boolean
  store?: BaseStore
  invoke(input: unknown, options?: GraphOptions): Promise<unknown>
  stream(input: unknown, options: GraphOptions): Promise<AsyncIterable<unknown>>
  streamEvents(input: unknown, options: GraphOptions & { version: 'v1' | 'v2' }): AsyncIterable<unknown>
  getState(config: RunnableConfig, options?: { subgraphs?: boolean }): Promise<StateSnapshot>
  getStateHistory(
    config: RunnableConfig,
    options?: { limit?: number; before?: RunnableConfig; filter?: Record<string, unknown> },
  ): AsyncIterable<StateSnapshot>
  updateState(config: RunnableConfig, values: unknown, asNode?: string): Promise<RunnableConfig>
  getGraphAsync(config: RunnableConfig & { xray?: boolean | number }): Promise<{ toJSON(): unknown }>
}

/** Graph of a langgraph.json, compiled once at the start of the server. */
export interface LoadedAgent {
  /** Key of the graph under `graphs` in langgraph.json. */
  readonly graphId: string
  readonly graph: RunnableGraph
  readonly description?: string
  /**
   * Keys that a client may send in a run's `context` and `config.configurable`: those of the context schema that the agent's author declared. If
   * undefined (a plain graph without a schema), the client may send every key that is neither reserved nor an option of a middleware. Options of a
   * middleware are never allowed: `context: { interruptOn: {} }` would disable approvals.
   */
  readonly clientContext?: readonly string[]
  /** Settings and secrets that the graph declares with `withSettings`. */
  readonly declaration?: AgentDeclaration
}

/** Loaded graphs by graph id. */
export type LoadedAgents = ReadonlyMap<string, LoadedAgent>
