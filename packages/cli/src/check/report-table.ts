import type { Group } from './checklist-item.ts'
import type { CheckReport, ItemReport } from './report.ts'

/** Function that applies a style to a text for a terminal. Without colours it returns the text unchanged. */
export type Paint = (style: 'bold' | 'dim' | 'green' | 'yellow' | 'red', text: string) => string

const width = 120
const titleWidth = 26
const stateWidth = 7
const gap = 2
const textStart = gap + stateWidth + gap + titleWidth + gap

const headings: Readonly<Record<Group, string>> = {
  required: 'Required',
  recommended: 'Recommended',
  document: 'Documents',
}
/** Maximum number of differing files that the table of `hadal check` lists. For the others it gives only their number. */
const mostFiles = 5

/** The report of `hadal check` as a table for a terminal, at most 120 columns wide. */
export function reportTable(report: CheckReport, paint: Paint): string[] {
  const groups = Object.keys(headings) as Group[]
  const counts = groups.map((group) => {
    const items = report.items.filter((item) => item.group === group)
    return `${items.filter(({ holds }) => holds).length} of ${items.length} ${headings[group].toLowerCase()}`
  })
  return [
    ...staleLines(report, paint),
    `${paint('bold', report.environment)}: ${counts.join(', ')}`,
    ...releaseLines(report, paint),
    ...operatorLines(report, paint),
    paint(
      'dim',
      `Paths that begin with manifests/, config.ts or release.json are relative to environments/${report.environment}/.`,
    ),
    paint(
      'dim',
      'Evidence about the server and the agents is from this checkout. An older image may have fewer capabilities.',
    ),
    ...groups.flatMap((group) => [
      '',
      paint('bold', headings[group]),
      ...report.items.filter((item) => item.group === group).flatMap((item) => itemLines(report, item, paint)),
    ]),
    '',
    paint('bold', 'Relies on (not created by these manifests)'),
    ...reliesOnLines(report, paint),
  ]
}

function staleLines({ environment, manifests }: CheckReport, paint: Paint): string[] {
  if (manifests.asRendered) return []
  const files = (['missing', 'stale', 'changed'] as const).flatMap((word) =>
    manifests[word].map((file) => `  ${word.padEnd(stateWidth)}  ${file}`),
  )
  const more = files.length - mostFiles
  return [
    ...wrap(
      `${manifests.folder} differs from the rendered manifests. This report describes the rendered ones.`,
      width,
    ).map((line) => paint('red', line)),
    ...files.slice(0, mostFiles),
    ...(more > 0 ? [`  and ${more} more`] : []),
    `Run "npx hadal render ${environment}", review the changes and commit them.`,
    '',
  ]
}

function releaseLines({ environment, release }: CheckReport, paint: Paint): string[] {
  if (release.released) return []
  const sentence = `No release yet: the digest in ${release.file}:${release.line} is all zeros, so no agent pod can start. Run "npx hadal release pin <registry/path:tag> --environment ${environment}".`
  return wrap(sentence, width).map((line) => paint('red', line))
}

const operatorLines = ({ unpinnedOperators }: CheckReport, paint: Paint): string[] =>
  unpinnedOperators.flatMap(({ name, version, command }) =>
    wrap(
      `${name} ${version} is not pinned, so this environment's stack can't install it. Run "${command}".`,
      width,
    ).map((line) => paint('red', line)),
  )

function itemLines(report: CheckReport, item: ItemReport, paint: Paint): string[] {
  const short = shortener(report)
  const texts = item.holds
    ? [...Map.groupBy(item.evidence, ({ says }) => says)].flatMap(([says, places]) => [
        says,
        ...places.map(({ file, line }) => paint('dim', `  ${short(file)}:${line}`)),
      ])
    : item.missing.flatMap(({ problem, mend, file, line }) => [
        problem,
        ...(file ? [paint('dim', `  ${short(file)}${line ? `:${line}` : ''}`)] : []),
        `→ ${mend}`,
      ])
  const state = item.holds
    ? paint('green', 'holds'.padEnd(stateWidth))
    : paint(item.group === 'required' ? 'red' : 'yellow', 'missing'.padEnd(stateWidth))
  return columns(`${state}${' '.repeat(gap)}${item.title.padEnd(titleWidth)}`, [...texts, ...item.notes])
}

const origins: Readonly<Record<CheckReport['reliesOn'][number]['from'], string>> = {
  cluster: 'cluster',
  stack: 'stack',
  outside: 'outside',
}

function reliesOnLines(report: CheckReport, paint: Paint): string[] {
  const short = shortener(report)
  return report.reliesOn.flatMap(({ what, from, evidence }) =>
    columns(
      origins[from].padEnd(stateWidth),
      [what, paint('dim', `  ${evidence.says}: ${short(evidence.file)}:${evidence.line}`)],
      gap + stateWidth + gap,
    ),
  )
}

/** Shortens paths in the environment's folder, which the head of the table names. */
const shortener = ({ environment }: CheckReport) => {
  const folder = `environments/${environment}/`
  return (file: string): string => (file.startsWith(folder) ? file.slice(folder.length) : file)
}

/** Lays out texts in a column to the right of `front`, which is on the first line. */
function columns(front: string, texts: readonly string[], start: number = textStart): string[] {
  const lines = texts.flatMap((text) => wrap(text, width - start))
  return lines.map((line, index) =>
    index === 0 ? `${' '.repeat(gap)}${front}${' '.repeat(gap)}${line}` : `${' '.repeat(start)}${line}`,
  )
}

/** Wraps a text between words, with the indentation of its first line. A word longer than the width is not broken. */
function wrap(text: string, most: number): string[] {
  if (text.length <= most) return [text]
  const indent = /^(→ | *)/.exec(text)?.[0].length ?? 0
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const next = line === '' && lines.length === 0 ? word : `${line} ${word}`
    if (next.length > most && line.trim() !== '') {
      lines.push(line)
      line = ' '.repeat(indent) + word
    } else line = next
  }
  return [...lines, line]
}
