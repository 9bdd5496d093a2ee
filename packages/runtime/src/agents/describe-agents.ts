import type { AgentsDescription } from '@hadal/platform/agents-description'
import { describeAgent } from './define-agent.ts'
import { loadAgents } from './load-agents.ts'
import { capabilities } from './server-capabilities.ts'

/** One graph: what `defineAgent` says of it, or that it is another's. */
export function graphDescription(graphId: string, graph: object): AgentsDescription['graphs'][number] {
  const description = describeAgent(graph)
  return description ? { graph: graphId, kind: 'hadal', ...description } : { graph: graphId, kind: 'other' }
}

/**
 * The server and every graph of a `langgraph.json`, as the data that `hadal check` reads. Compiles the graphs, and runs none.
 *
 * @param file path of the langgraph.json
 * @throws LoadAgentsError with a sentence for every graph that can't be loaded
 */
export async function describeAgents(file: string): Promise<AgentsDescription> {
  const { agents } = await loadAgents(file)
  const graphs = [...agents.values()].map(({ graphId, graph }) => graphDescription(graphId, graph))
  return { server: capabilities, graphs }
}

/** A description as the text of its file: a rule a line or more, so that a pull request shows which one changed. */
export const descriptionText = (description: AgentsDescription): string => `${JSON.stringify(description, null, 2)}\n`
