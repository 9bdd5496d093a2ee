import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { AgentPlatform } from './agent-platform.ts'

/**
 * What the server process hands to the agents that it loads. An agent module never reads the process environment:
 * it exports a function of these, and the server reads them once (a variable, or the file that `NAME_FILE` names).
 */
export interface AgentSettings {
  /** A folder of Markdown or text files that agents may search and read. */
  readonly documentsFolder?: string
}

/**
 * The one argument of a graph function. `configurable` is there for functions written for the LangGraph CLI, which
 * read it; it is empty here, since a graph is built once and not for each run.
 */
export interface AgentBuildConfig {
  readonly configurable: Record<string, never>
  readonly settings: AgentSettings
  /** Given to `defineAgent`. Undefined where no server runs: in an agent's tests and when agents are described. */
  readonly platform: AgentPlatform | undefined
}

/** The settings among the variables of the server's process. */
export const agentSettings = (variables: Pick<ContainerVariables, 'DOCUMENTS_FOLDER'>): AgentSettings => ({
  documentsFolder: variables.DOCUMENTS_FOLDER,
})
