import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { dashboards } from '@hadal/charts/dashboards/all'
import { withEverything } from '@hadal/charts/fixtures/shapes'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'

const documents = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.md'))
  .map((file) => join('docs', file))
const read = (file: string): string => readFileSync(join(root, file), 'utf8')

const withoutCodeBlocks = (text: string): string => text.replaceAll(/^ *(`{3,}|~{3,})[\s\S]*?^ *\1.*$/gm, '')

/** Text outside of code blocks and code spans, in which brackets are no links and lines with `#` are no headings. */
const prose = (text: string): string => withoutCodeBlocks(text).replaceAll(/`[^`\n]*`/g, 'code')

/** Returns the anchors of a Markdown text, as GitHub generates them: those of its headings, and those that it names itself. */
function anchors(text: string): string[] {
  const found: string[] = []
  const outside = withoutCodeBlocks(text)
  for (const [, heading = ''] of outside.matchAll(/^#+ (.+?)\s*$/gm)) {
    const anchor = heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{M}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-')
    const before = found.filter((one) => one === anchor || one.replace(/-\d+$/, '') === anchor).length
    found.push(before === 0 ? anchor : `${anchor}-${before}`)
  }
  return [...found, ...[...outside.matchAll(/<a (?:id|name)="([^"]+)"/g)].map(([, name = '']) => name)]
}

test.each(documents)('every link in %s has an existing target', (file) => {
  const links = [...prose(read(file)).matchAll(/\]\((?![a-z][a-z+.-]*:)([^)\s]+)(?: "[^"]*")?\)/g)].map(
    ([, link = '']) => decodeURI(link),
  )
  for (const link of links) {
    const [path = '', anchor] = link.split('#')
    const target = path === '' ? file : path.startsWith('/') ? path.slice(1) : join(dirname(file), path)
    expect(existsSync(join(root, target)), `${file}: ${link} has no target`).toBe(true)
    if (anchor && target.endsWith('.md')) expect(anchors(read(target)), `${file}: ${link}`).toContain(anchor)
  }
})

test('documents name only panels and rows that the dashboards have', () => {
  const titles = dashboards
    .flatMap(({ rows }) => rows(withEverything))
    .flatMap(({ title, pictures }) => [title, ...pictures.map((picture) => picture.title)])
  const named = documents.flatMap((file) =>
    [...read(file).matchAll(/\b(?:panel|row)\s+(?:"([^"]+)"|\*\*([^*]+)\*\*)/g)].map(([, quoted, bold]) => ({
      file,
      title: quoted ?? bold ?? '',
    })),
  )
  expect(named.filter(({ title }) => !titles.includes(title))).toEqual([])
})

/** Folders to which the names of files in the diagrams of docs/architecture.md are relative. */
const sourceFolders = [
  '.',
  'packages/runtime/src',
  'packages/cli/src',
  'packages/platform/src',
  'charts/src',
  'infra/src',
]

test('the diagrams of docs/architecture.md name only existing files', () => {
  const diagrams = [...read('docs/architecture.md').matchAll(/```mermaid\n(.*?)```/gs)].map(([, text = '']) => text)
  expect(diagrams).toHaveLength(2)
  for (const diagram of diagrams) {
    const files = diagram.match(/[\w./-]+\.(ts|json|yaml)\b/g) ?? []
    expect(files.length).toBeGreaterThan(10)
    // Environments belong to the users of the checkout, who rename and remove them.
    const ours = files.filter((file) => !file.startsWith('environments/'))
    const missing = ours.filter((file) => !sourceFolders.some((folder) => existsSync(join(root, folder, file))))
    expect(missing).toEqual([])
  }
})
