import { listAt, textAt } from '@hadal/charts/validate/read-json'
import { type Answer, type ChecklistItem, type Subject, together } from '../checklist-item.ts'
import { document, inObject, manifestFile } from '../evidence.ts'
import { outageClaims } from './outage-claims.ts'

/** Checklist item: there is an incident response document, tests prove what it says about outages, and each alert has a runbook. */
export const incidentResponse: ChecklistItem = {
  id: 'incident-response',
  title: 'Incident response',
  group: 'document',
  answer: (subject) =>
    together(
      document(subject, 'docs/incident-response.md', 'What to do during an incident', () => []),
      outageClaims(subject),
      runbooks(subject),
    ),
}

function runbooks(subject: Subject): Partial<Answer> {
  const rules = subject.objects.filter(({ kind }) => kind === 'PrometheusRule')
  const without = new Map<string, { problem: string; mend: string; file: string; line: number }>()
  const alerts = new Set<string>()
  for (const rendered of rules) {
    for (const [group, entry] of listAt(rendered.object, 'spec', 'groups').entries()) {
      for (const [index, rule] of listAt(entry, 'rules').entries()) {
        const alert = textAt(rule, 'alert')
        if (alert === undefined) continue
        alerts.add(alert)
        const runbook = /docs\/runbooks\/[^/]+\.md$/.exec(textAt(rule, 'annotations', 'runbook_url') ?? '')?.[0]
        if (runbook !== undefined && subject.files.has(runbook)) continue
        const path = ['spec', 'groups', group, 'rules', index, 'annotations', 'runbook_url']
        const problem = runbook
          ? `Alert ${alert} names ${runbook}, which does not exist.`
          : `Alert ${alert} names no runbook.`
        const { line } = inObject(subject, rendered, path, '')
        without.set(alert, {
          problem,
          mend: `Write docs/runbooks/${alert}.md.`,
          file: manifestFile(subject, rendered),
          line,
        })
      }
    }
  }
  const [first] = rules
  if (without.size > 0 || !first) return { missing: [...without.values()] }
  return {
    evidence: [inObject(subject, first, ['spec', 'groups'], `Each of the ${alerts.size} alerts has a runbook`)],
  }
}
