import type { RunnableConfig } from '@langchain/core/runnables'
import type { StateSnapshot } from '@langchain/langgraph'
import type { BaseCheckpointSaver, BaseStore } from '@langchain/langgraph-checkpoint'
import type { AgentDescription } from './define-agent.ts'
import type { AgentDeclaration } from './with-settings.ts'

/** Options of one call of a compiled graph: LangChain's configuration and LangGraph's options of a run. */
export type GraphOptions = RunnableConfig & Readonly<Record<string, unknown>>

/** Update of a graph's state, as if the node `asNode` had returned `values`. */
export interface StateUpdate {
  readonly values: unknown
  readonly asNode?: string
}

/** Updates that are applied together as one superstep of a graph. */
export interface Superstep {
  readonly updates: StateUpdate[]
}

/**
 * The part of a compiled LangGraph graph (`Pregel`) that the server uses. A compiled `StateGraph` has it, and so has the `graph` of a LangChain
 * agent (`createAgent`, `createDeepAgent`).
 *
 * The server sets the checkpointer (one for reading at the start, and one for each run) and the tenant's store.
 */
export interface RunnableGraph {
  readonly lg_is_pregel: boolean
  /** Channels of the graph's state by name. A graph whose whole state is one value has the channel `__root__`. */
  readonly channels: Readonly<Record<string, unknown>>
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
  bulkUpdateState(config: RunnableConfig, supersteps: Superstep[]): Promise<RunnableConfig>
  getGraphAsync(config: RunnableConfig & { xray?: boolean | number }): Promise<{ toJSON(): unknown }>
  /** Yields the graphs inside nodes with their namespaces, such as `parent|child`: all, or the one of a namespace. */
  getSubgraphsAsync(namespace?: string, recurse?: boolean): AsyncIterable<[string, RunnableGraph]>
}

/** Configuration of one use of a graph, which a graph function gets: the ids and the client's `configurable` of a run, or the ids of a thread. */
export type GraphConfig = Readonly<Record<string, unknown>> & {
  readonly configurable: Readonly<Record<string, unknown>>
}

/** Compiled graph for one run, or for one read of a thread's state. */
export interface LoadedAgent {
  /** Key of the graph under `graphs` in langgraph.json. */
  readonly graphId: string
  readonly graph: RunnableGraph
}

/** Graph that a langgraph.json lists. */
export interface ListedAgent {
  /** Key of the graph under `graphs` in langgraph.json. */
  readonly graphId: string
  readonly description?: string
  /** Absolute path of the graph's module, and the name of its export. */
  readonly source: { readonly file: string; readonly exportName: string }
  /** Sentence that says why the graph can't be loaded; undefined if it can. */
  readonly problem?: string
  /** Whether the export is a function that builds a graph for each run and for each read of a thread. */
  readonly builtForEachUse: boolean
  /**
   * Keys that a client may send in a run's `context` and `config.configurable`: those of the context schema that the agent's author declared; none
   * for an agent of `defineAgent` without a schema. If undefined (another graph without a schema, or one that is built for each use), the client may
   * send every key that is neither reserved nor an option of a middleware: `context: { interruptOn: {} }` would disable approvals.
   */
  readonly clientContext?: readonly string[]
  /** Settings and secrets that the graph declares with `withSettings`. */
  readonly declaration?: AgentDeclaration
  /** Description of the agent, recorded when the server loaded it; undefined if the graph is not made by `defineAgent`. */
  readonly recorded?: AgentDescription
  /**
   * Returns the compiled graph: always the same one, or one that the graph's function builds for this configuration.
   *
   * @throws {GraphUnavailable} if the graph can't be loaded, or if its function fails
   */
  load(config: GraphConfig): Promise<LoadedAgent>
}

/** Listed graphs by graph id. */
export type ListedAgents = ReadonlyMap<string, ListedAgent>
