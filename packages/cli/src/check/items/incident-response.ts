import { listAt, textAt } from '@hadal/charts/validate/read-json'
import { repositoryFileUrl } from '@hadal/platform/repository-file-url'
import { type Answer, type ChecklistItem, type Subject, together } from '../checklist-item.ts'
import { document, inConfig, inObject, manifestFile } from '../evidence.ts'
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
        const url = textAt(rule, 'annotations', 'runbook_url')
        const named = url ?? textAt(rule, 'annotations', 'runbook') ?? ''
        const runbook = /docs\/runbooks\/[^/]+\.md$/.exec(named)?.[0]
        if (runbook !== undefined && subject.files.has(runbook)) continue
        const path = [
          'spec',
          'groups',
          group,
          'rules',
          index,
          'annotations',
          url === undefined ? 'runbook' : 'runbook_url',
        ]
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
  const { repository } = subject.environment
  const notes: string[] = []
  if (repositoryFileUrl(repository, 'docs') === undefined) {
    const { file, line } = inConfig(subject, ['repository', 'url'], '')
    const problem = `The alerts have no link to their runbooks: the web pages of ${repository.url} are unknown.`
    const mend = 'Set repository.browseUrl, e.g. "https://git.example.com/platform/hadal/-/blob/{revision}".'
    // In an environment without `protected: true`, the path in the annotation `runbook` is enough.
    if (subject.environment.protected) without.set('browseUrl', { problem, mend, file, line })
    else notes.push(`${problem} ${mend}`)
  }
  if (without.size > 0 || !first) return { missing: [...without.values()], notes }
  return {
    evidence: [inObject(subject, first, ['spec', 'groups'], `Each of the ${alerts.size} alerts has a runbook`)],
    notes,
  }
}
