import type { ListedAgent, ListedAgents } from '../../agents/loaded-agent.ts'
import { findAssistant } from '../../store/queries/assistant-rows.ts'
import { checkClientContext } from '../client-context.ts'
import { Refusal } from '../refusal.ts'
import type { RunsContext } from '../runs-context.ts'
import { assistantIdOf, ownGraph } from './assistant-id.ts'

/** An assistant of which a run is started. */
export interface RunAssistant {
  readonly assistantId: string
  readonly agent: ListedAgent
  /** Contents of the assistant that a client made; undefined for the own assistant of a graph, which has no settings. */
  readonly made?: MadeAssistant
}

/** Settings of an assistant that a client made. A run inherits them, and keeps those of the version with which it was accepted. */
export interface MadeAssistant {
  readonly version: number
  readonly config: Readonly<Record<string, unknown>>
  readonly context: Readonly<Record<string, unknown>>
  readonly metadata: Readonly<Record<string, unknown>>
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** Returns the id of an assistant that a client names by its id or by a graph; undefined for a text that can be neither. */
export function namedAssistantId(agents: ListedAgents, name: string): string | undefined {
  const own = ownGraph(agents, name)
  if (own) return assistantIdOf(own.graphId)
  return uuid.test(name) ? name.toLowerCase() : undefined
}

export const unknownAssistant = (agents: ListedAgents, name: string): Refusal =>
  new Refusal(
    404,
    `There is no assistant "${name}". The graphs of this server are assistants too: ${[...agents.keys()].join(', ') || 'none'}. POST /assistants/search lists all.`,
  )

/**
 * Returns a graph by its name.
 *
 * @param whose what names the graph, for the error
 * @throws {Refusal} 404 for a graph that langgraph.json does not have
 */
export function graphNamed(agents: ListedAgents, graphId: string, whose: string): ListedAgent {
  const agent = agents.get(graphId)
  if (agent) return agent
  throw new Refusal(
    404,
    `${whose} names the graph "${graphId}", which this server's langgraph.json does not have. Its graphs: ${[...agents.keys()].join(', ') || 'none'}. Add the graph to langgraph.json, or name another graph.`,
  )
}

/**
 * Finds the graph of an assistant by a graph's name or the id of its own assistant. Needs no database.
 *
 * @throws {Refusal} 404 for any other assistant
 */
export function agentOf(agents: ListedAgents, assistantId: string): ListedAgent {
  const agent = ownGraph(agents, assistantId)
  if (agent) return agent
  throw unknownAssistant(agents, assistantId)
}

/**
 * Finds the assistant of a new run by a graph's name or by the assistant's id. Only an assistant that a client made needs a statement.
 *
 * @throws {Refusal} 404 for an unknown assistant, and for one whose graph langgraph.json does not have; 422 if its settings are not allowed any more
 */
export async function findRunAssistant(
  { agents, pool, scope }: Pick<RunsContext, 'agents' | 'pool' | 'scope'>,
  name: string,
): Promise<RunAssistant> {
  const own = ownGraph(agents, name)
  if (own) return { assistantId: assistantIdOf(own.graphId), agent: own }
  const assistantId = namedAssistantId(agents, name)
  const row = assistantId && (await findAssistant(pool, { scope, assistantId }))
  if (!row) throw unknownAssistant(agents, name)
  const agent = graphNamed(agents, row.graph_id, `Assistant ${assistantId}`)
  const { version, config, context, metadata } = row
  checkAssistantSettings(
    agent,
    { config, context },
    `Assistant ${assistantId} has a setting that its graph does not allow any more: `,
  )
  return { assistantId, agent, made: { version, config, context, metadata } }
}

/**
 * Checks the settings that an assistant gives to its runs: only those that a client may send with a run.
 *
 * @param before beginning of the error
 * @throws {Refusal} 422 that names the first key which a client may not set
 */
export function checkAssistantSettings(
  agent: ListedAgent,
  settings: { readonly config: Readonly<Record<string, unknown>>; readonly context: Readonly<Record<string, unknown>> },
  before = '',
): void {
  const { configurable } = settings.config
  try {
    checkClientContext(agent, 'context', settings.context, undefined)
    checkClientContext(agent, 'config.configurable', isSettings(configurable) ? configurable : {}, undefined)
  } catch (error) {
    throw error instanceof Refusal && before ? new Refusal(error.status, before + error.message) : error
  }
}

const isSettings = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null
