import { renderEnvironment } from '@hadal/charts/render-environment'
import type { RenderedObject } from '@hadal/charts/rendered-object'
import { defineEnvironment } from '@hadal/platform/define-environment'
import { Environment } from '@hadal/platform/environment'
import { type SchemaLeaf, schemaLeaves } from '@hadal/platform/fixtures/schema-leaves'
import { manifestsFolder } from '@hadal/platform/names'
import { EnvironmentProblems } from '@hadal/platform/problem'
import { describe, expect, test } from 'vitest'
import { compareEnvironment } from './compare-environment.ts'
import { configurationDangers } from './configuration/configuration-dangers.ts'
import { findDangers } from './find-dangers.ts'
import { dangerousChanges } from './fixtures/dangerous-changes.ts'
import { environmentWith, prodLikeEnvironments, valueAt, withValueAt } from './fixtures/prod-like.ts'

const matches = (pattern: string, path: string): boolean => {
  const [wanted, parts] = [pattern.split('.'), path.split('.')]
  return wanted.length === parts.length && wanted.every((part, index) => part === '*' || part === parts[index])
}

const leaves = schemaLeaves(Environment)
const entryOf = ({ path }: SchemaLeaf) =>
  dangerousChanges[path] ?? Object.entries(dangerousChanges).find(([pattern]) => matches(pattern, path))?.[1]

const rendered = new Map<Environment, readonly RenderedObject[]>()
function objectsOf(environment: Environment): readonly RenderedObject[] {
  const objects = rendered.get(environment) ?? renderEnvironment(environment)
  rendered.set(environment, objects)
  return objects
}

/** Names of the rules that find a danger. Objects are rendered only if the configurations do not show the danger. */
function rulesFor(before: Environment, after: Environment, wanted: string): readonly string[] {
  const found = configurationDangers(before, after).map(({ rule }) => rule)
  if (found.some((rule) => rule === wanted)) return found
  const folder = manifestsFolder(before.name)
  const committed = objectsOf(before).map(({ path, text }): [string, string] => [`${folder}/${path}`, text])
  const compared = compareEnvironment(before.name, new Map(committed), objectsOf(after))
  return findDangers({ ...compared, configuration: { before, after } }).map(({ rule }) => rule)
}

/** The changed environment, which is not protected if only such a one may have the value. */
function changed(environment: Environment, path: string, value: unknown): Environment {
  // `withValueAt` returns an environment if the value is one that the schema allows. `defineEnvironment` checks that.
  const input = withValueAt(environment, path, value) as Environment
  try {
    return defineEnvironment(input)
  } catch (error) {
    if (!(error instanceof EnvironmentProblems) || path === 'protected') throw error
    return defineEnvironment({ ...input, protected: false, development: true })
  }
}

const title = ({ path, variants }: SchemaLeaf): string => [path, ...variants.map(({ value }) => `(${value})`)].join(' ')

test('every leaf of the schema has a line in the table of dangerous changes, and each line is about a leaf', () => {
  const missing = leaves.filter((leaf) => !entryOf(leaf)).map(({ path }) => path)
  expect(
    missing,
    'Add a line for each of these fields to packages/cli/src/diff/fixtures/dangerous-changes.ts; its comment says how.',
  ).toEqual([])
  const unused = Object.keys(dangerousChanges).filter(
    (pattern) => !leaves.some(({ path }) => path === pattern || matches(pattern, path)),
  )
  expect(unused, 'Remove these lines from dangerous-changes.ts: the schema has no such field.').toEqual([])
})

test('every leaf of the schema exists in a prod-like environment', () => {
  const missing = leaves.filter((leaf) => !environmentWith(leaf)).map(title)
  expect(missing, 'Add a variant with these fields to packages/cli/src/diff/fixtures/prod-like.ts.').toEqual([])
})

describe('a dangerous change of a field shows its danger', () => {
  test.each(leaves.map((leaf) => [title(leaf), leaf] as const))('%s', (_title, leaf) => {
    const [entry, environment] = [entryOf(leaf), environmentWith(leaf)]
    if (!entry || !environment || 'kinds' in entry) return
    if ('harmless' in entry) {
      expect(entry.harmless).toMatch(/^[A-Z].*\.$/)
      return
    }
    const before = 'from' in entry ? changed(environment, leaf.path, entry.from) : environment
    const after = changed(before, leaf.path, entry.to)
    expect(valueAt(after, leaf.path), 'the change must change the field').not.toEqual(valueAt(before, leaf.path))
    expect(rulesFor(before, after, entry.rule)).toContain(entry.rule)
  })
})

describe('each change of a kind shows its danger or has a reason why it has none', () => {
  const unions = leaves.filter(({ kinds }) => kinds)
  test.each(unions.map((leaf) => [title(leaf), leaf] as const))('%s', (_title, leaf) => {
    const entry = entryOf(leaf)
    if (!entry || !('kinds' in entry)) throw new Error(`${leaf.path} is a kind: its line must be kinds({ … }).`)
    const environments = new Map(
      prodLikeEnvironments
        .filter((one) => leaf.variants.every(({ path, value }) => valueAt(one, path) === value))
        // An optional union may be absent.
        .filter((one) => valueAt(one, leaf.path) !== undefined)
        .map((one) => [valueAt(one, leaf.path), one]),
    )
    expect([...environments.keys()].toSorted(), 'prod-like.ts must have every kind').toEqual(leaf.kinds?.toSorted())
    for (const [from, before] of environments)
      for (const [to, after] of environments) {
        if (from === to) continue
        const rule = entry.kinds[`${from} → ${to}`]
        if (!rule) throw new Error(`The line of ${leaf.path} in dangerous-changes.ts lacks "${from} → ${to}".`)
        if (typeof rule === 'string') expect(rulesFor(before, after, rule), `${from} → ${to}`).toContain(rule)
      }
  })
})
