import type { Redactor } from '../secrets/create-redactor.ts'
import type { ListedAgent, ListedAgents, RunnableGraph } from './loaded-agent.ts'

/**
 * Returns the agents as the server uses them: their problems are redacted for clients, and each compiled graph is prepared before its first use.
 *
 * @param prepare sets the server's connections of a graph
 */
export function preparedAgents(
  agents: ListedAgents,
  redactor: Pick<Redactor, 'text'>,
  prepare: (graph: RunnableGraph) => void,
): ListedAgents {
  const prepared = new WeakSet<RunnableGraph>()
  const served = (agent: ListedAgent): ListedAgent => ({
    ...agent,
    ...(agent.problem === undefined ? {} : { problem: redactor.text(agent.problem) }),
    load: async (config) => {
      const loaded = await agent.load(config)
      if (!prepared.has(loaded.graph)) {
        prepare(loaded.graph)
        prepared.add(loaded.graph)
      }
      return loaded
    },
  })
  return new Map([...agents].map(([id, agent]) => [id, served(agent)]))
}
