import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { dashboards } from '@hadal/charts/dashboards/all'
import { withEverything } from '@hadal/charts/fixtures/shapes'
import { parseContainerVariables } from '@hadal/platform/parse-container-variables'
import { createKeyMetrics } from '@hadal/runtime/access/api-keys/key-metrics'
import { createSignInMetrics } from '@hadal/runtime/access/sign-in-metrics'
import { createApprovalMetrics } from '@hadal/runtime/approvals/approval-metrics'
import { createLog } from '@hadal/runtime/log/create-log'
import { createMetrics } from '@hadal/runtime/metrics/create-metrics'
import { openReads } from '@hadal/runtime/runs/open-reads'
import { createRetentionMetrics } from '@hadal/runtime/runs/retention/retention-metrics'
import { retentionSettings } from '@hadal/runtime/runs/retention/retention-settings'
import { createRedactor } from '@hadal/runtime/secrets/create-redactor'
import { onePool } from '@hadal/runtime/store/tenant-pools'
import pg from 'pg'
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

test.each(['docs/operations.md', 'docs/slo.md'])('%s names only metrics that the server exports', async (file) => {
  const pool = new pg.Pool()
  const { registry } = createMetrics(pool, pool)
  const address = 'postgres://127.0.0.1:1/database'
  const variables = parseContainerVariables({ DATABASE_URL: address, DATABASE_READ_URL: address }, () => '')
  createApprovalMetrics(registry, pool)
  createSignInMetrics(registry, 'api-keys')
  createKeyMetrics(registry, pool)
  createRetentionMetrics(registry, pool, retentionSettings(variables))
  const reads = openReads(variables, pool, onePool(pool), registry, createLog('silent', createRedactor(), 'test'))
  const exported = registry.getMetricsAsArray().map(({ name }) => name)
  const named = [...read(file).matchAll(/\b[a-z]+(?:_[a-z]+)*_(?:total|seconds|waiting|running|interrupted)\b/g)].map(
    ([name]) => name,
  )
  expect(named.length).toBeGreaterThan(1)
  expect(named.filter((name) => !exported.includes(name))).toEqual([])
  await reads.close()
  await pool.end()
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
