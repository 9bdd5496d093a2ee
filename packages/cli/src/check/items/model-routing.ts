import { type Answer, type ChecklistItem, type Subject, together } from '../checklist-item.ts'
import { inConfig, inDescription, serverCan, settingPlace } from '../evidence.ts'

export const modelRouting: ChecklistItem = {
  id: 'model-routing',
  title: 'Model routing',
  group: 'recommended',
  answer: (subject) => {
    const { routing } = subject.environment.models
    if (!routing) {
      const problem = 'models.routing is not set, so simple requests use the same model as complex ones.'
      const mend = 'Set models.routing to { simple: …, standard: …, complex: … }.'
      const can = subject.agents.server.modelRouting
        ? {}
        : serverCan(subject, 'modelRouting', { mend: 'Set models.routing once the server has this capability.' })
      return together({ missing: [{ problem, mend, ...settingPlace(subject, ['models']) }] }, can)
    }
    const models = `${routing.simple}, ${routing.standard}, ${routing.complex}`
    const can = serverCan(subject, 'modelRouting', {
      mend: "Until then, name a cheaper model in the agents' code where it suffices.",
      setting: { path: ['models', 'routing'], value: models },
    })
    if (can.missing) return together(can)
    return together(
      can,
      { evidence: [inConfig(subject, ['models', 'routing'], `Routes among ${models}`)] },
      notRouted(subject),
    )
  },
}

/** Places in the agents' description where an agent's code names a model. Requests of these agents are never routed to another model. */
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
