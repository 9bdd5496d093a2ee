import type { ServerCapability } from '@hadal/platform/agents-description'
import { type Answer, type Subject, together } from '../checklist-item.ts'
import { serverCan } from '../evidence.ts'

/** Page that says what happens in an outage. */
const file = 'docs/incident-response.md'
const heading = '## Effects of an outage'

/** Row of the page's table, by the text in its first cell, and the capability of the server that its claim relies on. */
const rows: readonly { readonly about: RegExp; readonly name: string; readonly capability: ServerCapability }[] = [
  { about: /\bpod or\b|\bnode\b/i, name: 'one pod or one node', capability: 'processDeath' },
  { about: /^PostgreSQL\b/i, name: 'PostgreSQL', capability: 'databaseOutage' },
  { about: /^Redis\b/i, name: 'Redis', capability: 'redisOutage' },
  { about: /\bmodel provider\b/i, name: 'a model provider', capability: 'modelFallback' },
]

/** Matches a sentence that denies what the server can do, such as "the server does not use Redis yet". */
const denial = /\b(?:not|no|never|can't|cannot|doesn't|isn't)\b[^|.]*\byet\b/i

/**
 * Checklist answer for what the incident page says about outages: each claim needs a capability of the server that a test proves, and must not deny
 * one that the server has. What no test proves is a note.
 */
export function outageClaims(subject: Subject): Partial<Answer> {
  const lines = (subject.files.get(file) ?? '').split('\n')
  const start = lines.indexOf(heading)
  if (start < 0)
    return {
      missing: [
        { problem: `${file} has no section "${heading}".`, mend: 'Write a table of outages and effects.', file },
      ],
    }
  const table = lines.flatMap((text, index) => {
    const cells = index > start && text.startsWith('|') ? text.split('|').map((cell) => cell.trim()) : []
    return cells.length > 3 ? [{ first: cells[1] ?? '', text, line: index + 1 }] : []
  })
  const answers = rows.map(({ about, name, capability }): Partial<Answer> => {
    const row = table.find(({ first }) => about.test(first))
    if (!row) {
      const problem = `${file} does not say what happens without ${name}.`
      return { missing: [{ problem, mend: `Add a row to "${heading}".`, file, line: start + 1 }] }
    }
    const mend = `Correct the row about ${name} in ${file}.`
    const can = serverCan(subject, capability, { mend })
    if (can.missing || !denial.test(row.text)) return can
    const problem = `${file} denies what a test proves about ${name}.`
    return { missing: [{ problem, mend, file, line: row.line }] }
  })
  return together(...answers, { notes: notes(subject) })
}

function notes({ agents, environment: { backup, models } }: Subject): string[] {
  return [
    ...(models.fallbacks.length === 0
      ? ['models.fallbacks is empty: if the provider is unavailable, runs that call it fail.']
      : []),
    ...(backup.kind === 'none'
      ? ['backup.kind is "none": if the volume of the database is lost, its data is lost.']
      : []),
    ...(backup.kind === 's3' && agents.server.backupRestore === false
      ? ['Not proven: a restore of the database. No test has restored a backup.']
      : []),
  ]
}
