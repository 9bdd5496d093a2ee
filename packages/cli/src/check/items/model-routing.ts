import { type ChecklistItem, together } from '../checklist-item.ts'
import { inConfig, serverCan, settingPlace } from '../evidence.ts'

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
    return together(can, { evidence: [inConfig(subject, ['models', 'routing'], `Among ${models}`)] })
  },
}
