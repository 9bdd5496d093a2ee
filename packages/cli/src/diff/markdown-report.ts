import { changeLines } from './change-lines.ts'
import type { ComparedObject } from './compared.ts'
import { dangerRuleNames, type FoundDanger } from './find-dangers.ts'
import { changeOf } from './json-report.ts'
import type { Report } from './report.ts'

/** GitHub refuses a comment of more than 65,536 characters, and Linux a variable of more than 131,072 bytes: this keeps below both. */
const mostBytes = 60_000

/**
 * The report for a reviewer, dangers first, then one collapsed entry an object; what is the same in several environments
 * stands once. Never longer than a comment on a pull request may be: what doesn't fit is counted, objects before dangers.
 */
export function markdownReport({ base, commit, environments }: Report): string {
  const dangers = grouped(
    environments
      .flatMap(({ name, dangers }) => dangers.map((danger) => ({ name, danger })))
      .toSorted((a, b) => dangerRuleNames.indexOf(a.danger.rule) - dangerRuleNames.indexOf(b.danger.rule))
      .map(({ name, danger }) => [name, dangerLine(danger)] as const),
  )
  const objects = grouped(
    environments.flatMap(({ name, objects }) => objects.flatMap(objectEntry).map((entry) => [name, entry] as const)),
  ).toSorted(([, a], [, b]) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0))
  const head = [
    `## What changes in the clusters`,
    '',
    `Rendered from the work tree, against the manifests at \`${commit.slice(0, 12)}\` (${code(base)}).`,
    '',
    ...environments
      .filter(({ state }) => state !== 'kept')
      .map(({ name, state }) => `- Environment **${escaped(name)}** is ${state}.`),
    ...environments.flatMap(({ notes }) => notes.map((note) => `- ${escaped(note)}`)),
    '',
    objects.length === 0 ? 'No rendered object changes.' : `${counts(environments.flatMap(({ objects }) => objects))}.`,
    '',
    dangers.length === 0
      ? 'No rule found a danger.'
      : `### ${dangers.length === 1 ? 'One danger' : `${dangers.length} dangers`}\n`,
    '',
  ]
  const all = `Run \`npx hadal diff --base ${base} --json\` for all of it.`
  return fitting(
    [
      head.join('\n').replaceAll(/\n{3,}/g, '\n\n'),
      ...dangers.map(([where, line]) => `- **${where}** · ${line}\n`),
      objects.length === 0 ? '' : '\n### Objects\n',
      ...objects.map(([where, { summary, lines }]) => details(`${summary} <em>${where}</em>`, lines)),
    ],
    (left) => `\n${left} more entries do not fit here. ${all}\n`,
  )
}

/** What several environments have in common stands once, with their names. */
function grouped<Entry>(entries: readonly (readonly [name: string, entry: Entry])[]): [where: string, entry: Entry][] {
  const groups = new Map<string, { names: string[]; entry: Entry }>()
  for (const [name, entry] of entries) {
    const key = JSON.stringify(entry)
    const group = groups.get(key) ?? { names: [], entry }
    group.names.push(name)
    groups.set(key, group)
  }
  return [...groups.values()].map(({ names, entry }) => [names.map(escaped).join(', '), entry])
}

function dangerLine({ object, field, what, why }: FoundDanger): string {
  const where = field === '' ? '' : `, ${code(field)}`
  return `${code(object)}${where}: ${escaped(what)} ${escaped(why)}`
}

interface ObjectEntry {
  /** What goes comes first, then what comes; one object in several environments stays together. */
  readonly order: string
  readonly summary: string
  readonly lines: readonly string[]
}

function objectEntry(object: ComparedObject): ObjectEntry[] {
  const change = changeOf(object)
  if (!change) return []
  const count = object.changes.length
  const fields = change === 'changed' ? `, ${count} ${count === 1 ? 'field' : 'fields'}` : ''
  return [
    {
      order: `${['removed', 'new', 'changed'].indexOf(change)} ${object.component} ${object.kind} ${object.name}`,
      summary: `${change}: <code>${escaped(`${object.kind} ${object.name}`)}</code> (${escaped(object.component)}${fields})`,
      lines: object.changes.flatMap(changeLines),
    },
  ]
}

function details(summary: string, lines: readonly string[]): string {
  if (lines.length === 0) return `\n- ${summary}\n`
  const longest = Math.max(0, ...[...lines.join('\n').matchAll(/`+/g)].map(([ticks]) => ticks.length))
  const fence = '`'.repeat(Math.max(3, longest + 1))
  return `\n<details><summary>${summary}</summary>\n\n${fence}diff\n${lines.join('\n')}\n${fence}\n\n</details>\n`
}

function counts(objects: readonly ComparedObject[]): string {
  const changes = objects.map(changeOf)
  return (['changed', 'new', 'removed'] as const)
    .map((change) => ({ change, count: changes.filter((it) => it === change).length }))
    .filter(({ count }) => count > 0)
    .map(({ change, count }) => `${count} ${count === 1 ? 'object' : 'objects'} ${change}`)
    .join(', ')
}

/** The parts in their order as far as they fit, then how many were left off. */
function fitting(parts: readonly string[], rest: (left: number) => string): string {
  let text = ''
  for (const [index, part] of parts.entries()) {
    if (Buffer.byteLength(text + part) > mostBytes) return text + rest(parts.length - index)
    text += part
  }
  return text
}

const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``

/** Manifests may hold anything; none of it becomes markup, or calls somebody. */
const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[*_`[\]@]/g, (mark) => `&#${mark.charCodeAt(0)};`)
