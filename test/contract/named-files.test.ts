import { execFileSync } from 'node:child_process'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'
import { type Code, codeIn, documentedCode } from './documented-code.ts'

const read = (file: string): string => readFileSync(join(root, file), 'utf8')

/** Files of the checkout that Git knows or would add. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '' && existsSync(join(root, file)))

test('every document that a program names exists', () => {
  // Generated files, and the sources of other projects' metrics, name documents of those projects.
  const ofOthers = /\/generated\/|\/other-metrics\.ts$|\.test\.ts$/
  const sources = files.filter(
    (file) => /^(packages|charts|infra|\.github)\/.*\.(ts|yaml)$/.test(file) && !ofOthers.test(file),
  )
  const named = sources.flatMap((file) =>
    [...read(file).matchAll(/\bdocs\/[\w/-]+\.md\b/g)].map(([document]) => ({ file, document })),
  )
  expect(named.length).toBeGreaterThan(10)
  expect(named.filter(({ document }) => !existsSync(join(root, document)))).toEqual([])
})

const proof = read('docs/proof.md')

test.each([
  ['docs/proof.md', 100],
  ['docs/api.md', 60],
])('every file that %s names exists', (document, atLeast) => {
  const named = [...read(document).matchAll(/`([\w./*{},-]+\.(?:ts|json|yaml|patch|md))`/g)].map(
    ([, name = '']) => name,
  )
  expect(named.length).toBeGreaterThan(atLeast)
  const missing = named.filter((name) => {
    if (name.includes('*') || name.includes('{')) return false
    if (name.includes('/')) return !existsSync(join(root, name))
    return !files.some((file) => file === name || file.endsWith(`/${name}`))
  })
  expect(missing).toEqual([])
})

test('docs/proof.md makes no claim twice', () => {
  const claims = proof
    .split('## Broken on purpose')[0]
    ?.split('\n')
    .flatMap((line) => line.match(/^\| ([^|]{30,}?) \|/)?.[1] ?? [])
  const twice = claims?.filter((claim, index) => claims.indexOf(claim) !== index)
  expect(twice).toEqual([])
})

/** A path below a folder of the repository. Those of environments belong to the users of the checkout. */
const repositoryPath = /^(?:packages|charts|infra|test|docs|\.github|\.ci)\/[\w./*{},-]+$/

/** Files that a reader of a how-to or a command creates. */
const created = /answer-language|front-desk|support-desk|runs-wait-long|RunsWaitLong|^infra\/operators\/$/

/** Returns each path in the code spans of documents that neither a file nor a folder has. */
const unknownPaths = (code: readonly Code[]): string[] =>
  code
    .filter(({ text, block }) => !block && repositoryPath.test(text) && !created.test(text))
    .filter(({ text }) =>
      /[*{]/.test(text) ? globSync(text, { cwd: root }).length === 0 : !existsSync(join(root, text)),
    )
    .map(({ place, text }) => `${place}: ${text}`)

test('documents name only files and folders that exist', () => {
  expect(unknownPaths(documentedCode)).toEqual([])
  expect(unknownPaths(codeIn('page.md', '`packages/runtime/src/gone.ts`, `charts/src/lost/*.ts`'))).toHaveLength(2)
})
