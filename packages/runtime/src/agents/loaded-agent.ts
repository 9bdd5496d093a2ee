import type { RunnableConfig } from '@langchain/core/runnables'
import type { StateSnapshot } from '@langchain/langgraph'
import type { BaseCheckpointSaver, BaseStore } from '@langchain/langgraph-checkpoint'

/** What a call of a graph may carry beside LangChain's own configuration: LangGraph's options of a run. */
export type GraphOptions = RunnableConfig & Readonly<Record<string, unknown>>

/**
 * What the server needs of a compiled LangGraph graph: the part of `Pregel` that it calls. A compiled `StateGraph` is one, and so is the
 * `graph` of a LangChain agent (`createAgent`, `createDeepAgent`).
 *
 * The server sets its checkpointer: one for reading when it starts, and one that it lends with each run. And its store, the tenant's.
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

/** A graph of a langgraph.json, compiled once when the server starts. */
export interface LoadedAgent {
  /** Its key under `graphs` in langgraph.json. */
  readonly graphId: string
  readonly graph: RunnableGraph
  readonly description?: string
  /**
   * The keys that a client may send in a run's `context` and `config.configurable`: those that the agent's author declared in its context
   * schema. Without this (a plain graph that declares none), every key may be sent that is neither reserved nor an option of a middleware.
   * An option of a middleware may never be sent: `context: { interruptOn: {} }` would switch approvals off.
   */
  readonly clientContext?: readonly string[]
}

/** By graph id. */
export type LoadedAgents = ReadonlyMap<string, LoadedAgent>
