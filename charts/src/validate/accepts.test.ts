import { Ajv, type ValidateFunction } from 'ajv'
import { expect, test } from 'vitest'
import { shapes, withEverything } from '../fixtures/shapes.ts'
import { renderEnvironment } from '../render-environment.ts'
import type { KubernetesObject } from '../rendered-object.ts'
import { schemaSetOfAllVersions } from '../schemas/schema-set.ts'
import { accepts } from './accepts.ts'

const { definitions, kinds } = schemaSetOfAllVersions()

/** One object of each kind that the charts render. */
const rendered = [withEverything, ...shapes.map(({ environment }) => environment)].flatMap(renderEnvironment)
const examples = [...new Map(rendered.map(({ kind, object }) => [kind, object])).entries()]

const ajv = new Ajv({ strict: false, validateSchema: false, unicodeRegExp: false, inlineRefs: false, messages: false })
ajv.addSchema({ definitions }, 'all')
const pointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1')

/** Values of every type, among them a string that no pattern accepts and numbers beyond most limits. */
const values: readonly unknown[] = [
  '',
  '!',
  'text',
  'x'.repeat(3_000),
  -1,
  1.5,
  1e9,
  true,
  null,
  [],
  ['a'],
  {},
  { a: 1 },
]

/**
 * Returns copies of an object in each of which one field is changed, left out, or joined by an unknown field. In a list, the first item is
 * changed.
 */
function* changes(whole: KubernetesObject): Generator<unknown> {
  function* inside(part: object, path: readonly string[]): Generator<unknown> {
    yield changed(whole, [...path, 'unknownField'], 1)
    const keys = Array.isArray(part) ? ['0'] : Object.keys(part)
    for (const key of keys) {
      for (const value of [undefined, ...values]) yield changed(whole, [...path, key], value)
      const value: unknown = Reflect.get(part, key)
      if (typeof value === 'object' && value !== null) yield* inside(value, [...path, key])
    }
  }
  yield* inside(whole, [])
}

function changed(whole: KubernetesObject, path: readonly string[], value: unknown): unknown {
  const copy: object = structuredClone(whole)
  const last = path.at(-1) ?? ''
  const parent = path.slice(0, -1).reduce<object>((part, key) => Reflect.get(part, key), copy)
  if (value === undefined && !Array.isArray(parent)) Reflect.deleteProperty(parent, last)
  else if (value !== undefined) Reflect.set(parent, last, value)
  return copy
}

test.each(examples)('accepts exactly the objects of kind %s that Ajv accepts', (_kind, object) => {
  const name = kinds[`${object.apiVersion}/${object.kind}`] ?? ''
  const check: ValidateFunction = ajv.compile({ $ref: `all#/definitions/${pointer(name)}` })
  const verdicts = { accepted: 0, refused: 0 }
  for (const candidate of [object, ...changes(object)]) {
    const ours = accepts(definitions, { $ref: `#/definitions/${name}` }, candidate)
    if (ours !== check(candidate)) expect.fail(`accepts says ${ours}: ${JSON.stringify(candidate)}`)
    verdicts[ours ? 'accepted' : 'refused']++
  }
  expect(verdicts.accepted).toBeGreaterThan(1)
  expect(verdicts.refused).toBeGreaterThan(1)
})

test('exactly one schema of oneOf must accept', () => {
  const oneOf = [{ type: 'string' }, { minLength: 2 }]
  expect(['a', 'ab', 1].map((value) => accepts({}, { oneOf }, value))).toEqual([true, false, true])
})

test('an unknown keyword is an error', () => {
  expect(() => accepts({}, { format: 'date' }, 'x')).toThrow('The schemas use "format"')
})
