import { listAt, textAt } from '@hadal/charts/validate/read-json'
import { type Answer, type ChecklistItem, type Subject, together } from '../checklist-item.ts'
import { document, inConfig, inObject } from '../evidence.ts'

/** The objectives, what they mean, and an alert that watches over their budget. */
export const slo: ChecklistItem = {
  id: 'slo',
  title: 'SLA and SLO',
  group: 'document',
  answer: (subject) => {
    const { availabilityPercent, queueSeconds, windowDays } = subject.environment.slo
    const says = `${availabilityPercent} % in ${windowDays} days; a worker within ${queueSeconds} s`
    return together(
      document(subject, 'docs/slo.md', 'What is promised, and how it is measured', () => []),
      { evidence: [inConfig(subject, ['slo'], says)] },
      watched(subject),
    )
  },
}

/** Every burn rate of the environment has its rule, told apart by its windows. */
function watched(subject: Subject): Partial<Answer> {
  const found = subject.objects
    .filter(({ kind }) => kind === 'PrometheusRule')
    .flatMap((rendered) =>
      listAt(rendered.object, 'spec', 'groups').flatMap((group, groupIndex) =>
        listAt(group, 'rules').map((rule, index) => ({
          rule,
          at: (says: string) => inObject(subject, rendered, ['spec', 'groups', groupIndex, 'rules', index], says),
        })),
      ),
    )
  const burning = subject.environment.slo.burnRates.map(({ long, short }) => ({
    windows: `${long} and ${short}`,
    found: found.find(
      ({ rule }) =>
        textAt(rule, 'alert') === 'AgentAvailabilityBurn' &&
        textAt(rule, 'labels', 'long_window') === long &&
        textAt(rule, 'labels', 'short_window') === short,
    ),
  }))
  const without = burning.filter(({ found }) => found === undefined)
  const [first] = burning
  if (without.length === 0 && first?.found)
    return { evidence: [first.found.at(`${burning.length} burn rates of its budget are watched`)] }
  return {
    missing: without.map(({ windows }) => ({
      problem: `No alert watches how fast the budget burns over ${windows}, as slo.burnRates asks.`,
      mend: 'Mend charts/src/alerts/agent-availability-burn.ts.',
    })),
  }
}
