import type { Answer, ChecklistItem, Subject } from '../checklist-item.ts'
import { together } from '../checklist-item.ts'
import { document, inConfig, settingPlace } from '../evidence.ts'

const owners = ['cluster', 'database', 'secrets', 'models'] as const

/** Checklist item: the environment says who is called in an incident, in which order, and who owns what it depends on. */
export const escalationPath: ChecklistItem = {
  id: 'escalation-path',
  title: 'Escalation path',
  group: 'document',
  answer: (subject) =>
    together(
      document(subject, 'docs/escalation.md', 'How an incident is escalated', () => []),
      contacts(subject),
    ),
}

function contacts(subject: Subject): Partial<Answer> {
  const { steps, announce, owners: named } = subject.environment.escalation
  const without = [
    ...(steps.length === 0 ? ['escalation.steps'] : []),
    ...(announce === undefined ? ['escalation.announce'] : []),
    ...owners.filter((owner) => named[owner] === undefined).map((owner) => `escalation.owners.${owner}`),
  ]
  if (without.length === 0) {
    const says = `${steps.map(({ who }) => who).join(', then ')} ${steps.length === 1 ? 'is' : 'are'} called`
    return { evidence: [inConfig(subject, ['escalation'], says)] }
  }
  const problem = `${without.join(', ')} ${without.length === 1 ? 'is' : 'are'} not set: it is not known who is called.`
  const mend = `Set ${without.length === 1 ? 'it' : 'them'}, e.g. escalation: { steps: [{ who: 'the rotation "agents"', contact: '#agents' }] }.`
  return { missing: [{ problem, mend, ...settingPlace(subject, ['escalation']) }] }
}
