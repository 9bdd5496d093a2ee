import { type Answer, type ChecklistItem, type Subject, together } from '../checklist-item.ts'
import { inConfig, inDescription, serverCan, settingPlace } from '../evidence.ts'

export const modelRouting: ChecklistItem = {
  id: 'model-routing',
  title: 'Model routing',
  group: 'recommended',
  answer: (subject) => {
    const { routing } = subject.environment.models
    if (!routing) {
      const problem = 'models.routing is not set, so a simple request costs as much as any other.'
      const mend = 'Set models.routing to { simple: …, standard: …, complex: … }.'
      const can = subject.agents.server.modelRouting
        ? {}
        : serverCan(subject, 'modelRouting', { mend: 'Set it once the server can.' })
      return together({ missing: [{ problem, mend, ...settingPlace(subject, ['models']) }] }, can)
    }
    const models = `${routing.simple}, ${routing.standard}, ${routing.complex}`
    const can = serverCan(subject, 'modelRouting', {
      mend: "Until it can, name a cheaper model in the agents' code where it is enough.",
      setting: { path: ['models', 'routing'], value: models },
    })
    if (can.missing) return together(can)
    return together(
      can,
      { evidence: [inConfig(subject, ['models', 'routing'], `Among ${models}`)] },
      notRouted(subject),
    )
  },
}

/** What an agent's author named answers everything that it is asked: an opt-out that nobody shall overlook. */
function notRouted(subject: Subject): Partial<Answer> {
  const evidence = subject.agents.graphs.flatMap((graph, index) => {
    if (graph.kind === 'other') return []
    const agents = [
      { who: `Graph "${graph.graph}"`, model: graph.model },
      ...graph.subagents.map(({ name, model }) => ({ who: `Subagent "${name}" of graph "${graph.graph}"`, model })),
    ]
    return agents
      .filter(({ model }) => model !== 'environment')
      .map(({ who, model }) =>
        inDescription(subject, ['graphs', index, 'model'], `${who} names ${model}, which is not routed`),
      )
  })
  return { evidence }
}
