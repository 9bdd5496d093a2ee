import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Environment } from '@hadal/platform/environment'
import { caCertificates } from '@hadal/platform/fixtures/ca-certificates'
import { sentencesAbout, soundInput, soundProtectedInput } from '@hadal/platform/fixtures/example-environment'
import { isRecord } from '@hadal/platform/is-record'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { expect, test } from 'vitest'
import { root } from '../repository-copy.ts'

const howTos = readdirSync(join(root, 'docs/how-to'))
const read = (file: string): string => readFileSync(join(root, file), 'utf8')

/** Pages that show fields of an environment. */
const pages = [...howTos.map((file) => `docs/how-to/${file}`), 'docs/escalation.md']

/** Code blocks of the pages that show fields of an environment, as the text inside the braces of an object. */
const configurations = pages.flatMap((file) =>
  [...read(file).matchAll(/^ *```(.*)\n([\s\S]*?)^ *```$/gm)].flatMap(([, language, text = '']) => {
    if (language !== '' && language !== 'ts') return []
    const field = text.match(/^(?: *\/\/.*\n)* *(\w+): ./)?.[1]
    return field !== undefined && field in Environment.shape ? [{ file, text }] : []
  }),
)

/** Merges objects, and replaces all other values. Of a union, the members that another `kind` does not have are not kept. */
function merged(base: unknown, change: unknown): unknown {
  if (!isRecord(base) || !isRecord(change)) return change
  if (change.kind !== undefined && change.kind !== base.kind) return change
  if (change.topology !== undefined && change.topology !== base.topology) return change
  const keys = new Set([...Object.keys(base), ...Object.keys(change)])
  return Object.fromEntries([...keys].map((key) => [key, key in change ? merged(base[key], change[key]) : base[key]]))
}

test('the pages show fields of an environment', () => {
  expect(configurations.length).toBeGreaterThan(10)
})

test.each(configurations)('an environment with the fields that $file shows is valid: $text', async ({ file, text }) => {
  // An ellipsis marks a value that the reader chooses.
  const source = text.replaceAll('sha256:…', `sha256:${'12'.repeat(32)}`).replaceAll("'…'", "'example'")
  // The page defines this constant in a block of its own.
  const constants = `const platformCa = ${JSON.stringify(caCertificates.one)}`
  const module: { default: unknown } = await import(
    /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(`${constants}; export default {${source}}`)}`
  )
  const change = module.default
  const needsProtection = isRecord(change) && change.protected === true
  const input = merged(needsProtection ? soundProtectedInput : soundInput, change)
  expect(isRecord(input) ? sentencesAbout(input) : ['no object'], file).toEqual([])
})

const exampleValue = /\bexample\.(?:com|org|net)\b|^(?:192\.0\.2|198\.51\.100|203\.0\.113)\.|^sha256:0{64}$/

/** The paths of all leaves with an example value, without the positions in lists. */
function examplesIn(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => examplesIn(each, path))
  if (isRecord(value))
    return Object.entries(value).flatMap(([key, each]) => examplesIn(each, path === '' ? key : `${path}.${key}`))
  return typeof value === 'string' && exampleValue.test(value) ? [path] : []
}

test('docs/how-to/start-your-own-repository.md names every field of dev, staging and prod that has an example value', async () => {
  const page = read('docs/how-to/start-your-own-repository.md')
  const named = [...page.matchAll(/`([a-z]\w*(?:\.\w+)*)`/g)].map(([, path = '']) => path)
  const environments = await loadEnvironments(root)
  const found = environments
    .filter(({ name }) => ['dev', 'staging', 'prod'].includes(name))
    .flatMap((environment) => examplesIn(environment))
  const missing = found.filter((path) => !named.some((each) => path === each || path.startsWith(`${each}.`)))
  expect([...new Set(missing)]).toEqual([])
})

test('the documents name the pinned version of pnpm', () => {
  const pinned = read('setup.mjs').match(/pnpm@[\d.]+/)?.[0]
  const named = howTos.flatMap((file) => read(`docs/how-to/${file}`).match(/pnpm@[\d.]+\d/g) ?? [])
  expect(named.length).toBeGreaterThan(0)
  expect(new Set(named)).toEqual(new Set([pinned]))
})
