import { listAt, textAt } from '@hadal/charts/validate/read-json'
import { type Answer, type ChecklistItem, type Subject, together } from '../checklist-item.ts'
import { document, inConfig, inObject } from '../evidence.ts'

/** Checklist item: there are objectives, a document that explains them, and an alert for each burn rate of the error budget. */
export const slo: ChecklistItem = {
  id: 'slo',
  title: 'SLA and SLO',
  group: 'document',
  answer: (subject) => {
    const { availabilityPercent, queueSeconds, windowDays } = subject.environment.slo
    const says = `${availabilityPercent} % available in ${windowDays} days; runs wait at most ${queueSeconds} s for a worker`
    return together(
      document(subject, 'docs/slo.md', 'The objectives and how they are measured', () => []),
      { evidence: [inConfig(subject, ['slo'], says)] },
      watched(subject),
    )
  },
}

/** Checklist answer for the burn-rate alerts. Each burn rate needs a rule with the same windows. */
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
    return { evidence: [first.found.at(`${burning.length} burn rates of the error budget have an alert`)] }
  return {
    missing: without.map(({ windows }) => ({
      problem: `No alert watches the burn rate over ${windows}, which slo.burnRates requires.`,
      mend: 'Fix charts/src/alerts/agent-availability-burn.ts.',
    })),
  }
}
