import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { AgentPlatform } from './agent-platform.ts'

/**
 * Settings that the server passes to the agents that it loads. An agent module never reads the process environment: it exports a function of these
 * settings. The server reads each one once, from a variable or from the file that `NAME_FILE` names.
 */
export interface AgentSettings {
  /** Folder of Markdown or text files that agents may search and read. */
  readonly documentsFolder?: string
}

/**
 * Argument of a graph function. The fields of a run's configuration are there as well (`metadata`, `tags`, `context`), as in the public servers.
 */
export interface AgentBuildConfig {
  /**
   * Ids of the run, its thread, graph and assistant, and the client's own keys. Empty when the server loads the graph, which is the only call of a
   * function that returns an agent of `defineAgent`.
   */
  readonly configurable: Readonly<Record<string, unknown>>
  readonly settings: AgentSettings
  /**
   * Connections and settings of the server, which the graph function passes to `defineAgent`. Undefined in an agent's tests and when agents are
   * described.
   */
  readonly platform: AgentPlatform | undefined
}

/** Extracts the agents' settings from the variables of the server. */
export const agentSettings = (variables: Pick<ContainerVariables, 'DOCUMENTS_FOLDER'>): AgentSettings => ({
  documentsFolder: variables.DOCUMENTS_FOLDER,
})
