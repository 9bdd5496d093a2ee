import type { AgentSettings } from './agent-settings.ts'
import { loadAgents } from './load-agents.ts'
import type { RunnableGraph } from './loaded-agent.ts'

/**
 * Loads one graph of a `langgraph.json` without a server, for the tests of an agent.
 *
 * @param file path of the langgraph.json
 * @param id name of the graph
 * @throws an error with a sentence if the graph can't be loaded
 */
export async function loadGraph(file: string, id: string, settings: AgentSettings = {}): Promise<RunnableGraph> {
  const { agents } = await loadAgents(file, settings)
  const agent = agents.get(id)
  if (!agent) throw new Error(`${file} has no graph "${id}". It has ${[...agents.keys()].join(', ')}.`)
  return (await agent.load({ configurable: {} })).graph
}
