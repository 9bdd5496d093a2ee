import { changeLines } from './change-lines.ts'
import type { ComparedObject } from './compared.ts'
import { dangerRuleNames } from './danger-rule-names.ts'
import type { FoundDanger } from './find-dangers.ts'
import { changeOf } from './json-report.ts'
import type { Report } from './report.ts'

/** Maximum size of the report in bytes. GitHub limits a comment to 65,536 characters, and Linux an environment variable to 131,072 bytes. */
const mostBytes = 60_000

/**
 * The report as Markdown: dangers first, then one collapsed entry per object. An entry that is equal in several environments appears once.
 * The report fits into a comment of a pull request. It ends with the number of entries that did not fit.
 */
export function markdownReport({ base, commit, environments }: Report): string {
  const dangers = grouped(
    environments
      .flatMap(({ name, dangers }) => dangers.map((danger) => ({ name, danger })))
      .toSorted((a, b) => dangerRuleNames.indexOf(a.danger.rule) - dangerRuleNames.indexOf(b.danger.rule))
      .map(({ name, danger }) => [name, dangerLine(danger)] as const),
  )
  const objects = grouped(
    environments.flatMap(({ name, state, objects }) =>
      (state === 'new' ? newEntries(objects) : objects.flatMap(objectEntry)).map((entry) => [name, entry] as const),
    ),
  ).toSorted(([, a], [, b]) => (a.order < b.order ? -1 : a.order > b.order ? 1 : 0))
  const head = [
    `## Changes in the clusters`,
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
      ? 'No dangers found.'
      : `### ${dangers.length === 1 ? 'One danger' : `${dangers.length} dangers`}\n`,
    '',
  ]
  const all = `Run \`npx hadal diff --base ${base} --json\` for the full report.`
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

/** Groups equal entries of several environments into one entry with the environments' names. */
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
  /** Sort key of an entry in the diff report: removed objects first, then new, then changed ones. */
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

/** Entries of a new environment: one per component, because all its objects are new. */
function newEntries(objects: readonly ComparedObject[]): ObjectEntry[] {
  const components = Map.groupBy(objects, ({ component }) => component)
  return [...components].map(([component, of]) => ({
    order: `1 ${component}`,
    summary: `new in ${escaped(component)}: ${of.map(({ kind, name }) => `<code>${escaped(`${kind} ${name}`)}</code>`).join(', ')}`,
    lines: [],
  }))
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

/** Joins the parts of the diff report that fit into its maximum size, and appends the number of omitted parts. */
function fitting(parts: readonly string[], rest: (left: number) => string): string {
  let text = ''
  for (const [index, part] of parts.entries()) {
    if (Buffer.byteLength(text + part) > mostBytes) return text + rest(parts.length - index)
    text += part
  }
  return text
}

const code = (text: string): string => `\`${text.replaceAll('`', "'")}\``

/** Escapes text from manifests, so that it can't become markup or mention a user. */
const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll(/[*_`[\]@]/g, (mark) => `&#${mark.charCodeAt(0)};`)
