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
 * Argument of a graph function. `configurable` exists for functions that were written for the LangGraph CLI; it is empty, since a graph is built
 * once and not for each run.
 */
export interface AgentBuildConfig {
  readonly configurable: Record<string, never>
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
