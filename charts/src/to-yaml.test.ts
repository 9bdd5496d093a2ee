import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Document, parse, Scalar, visit } from 'yaml'
import type { Json, JsonRecord } from './rendered-object.ts'
import { toYaml } from './to-yaml.ts'

const yaml = (value: unknown): string =>
  toYaml({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { key: value as string } })

const wholeOf = (value: Json) => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'x' },
  data: { key: value },
})

const misread = [
  'yes',
  'no',
  'on',
  'off',
  'y',
  'n',
  'Null',
  '~',
  '010',
  '0o17',
  '0x1f',
  '1_000',
  '1e3',
  '12:30',
  '12:30:45',
]
const special = [
  '2026-11-24',
  '.inf',
  '=',
  '<<',
  '',
  ' ',
  '- a',
  'a: b',
  '#a',
  '*a',
  '&a',
  '!a',
  '%a',
  '@a',
  '{{ .x }}',
  'a\n b\n',
]

test.each([...misread, ...special])('readers of YAML 1.1 and 1.2 read %j as the same string', (value) => {
  const text = yaml(value)
  expect(parse(text, { version: '1.1' })).toEqual(wholeOf(value))
  expect(parse(text, { version: '1.2' })).toEqual(wholeOf(value))
})

const characters = fc.string({ unit: fc.constantFrom(...'aA01.:-+_eExo #\'"{}[]&*!|>%@,?~=\n\t ') })

/** Special strings that the library `yaml` quotes as a value. It does not quote the merge key `<<`. */
const quoted = special.filter((value) => value !== '<<')

test('any object is written exactly as the library writes it', () => {
  const key = fc.string({ unit: fc.constantFrom(...'aAny01.:-_/ #"'), minLength: 1 })
  const leaf = fc.oneof(
    characters,
    fc.constantFrom(...misread, ...quoted),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
  )
  const { json } = fc.letrec<{ json: Json; list: Json[]; map: JsonRecord }>((again) => ({
    json: fc.oneof({ maxDepth: 4, withCrossShrink: true }, leaf, again('list'), again('map')),
    list: fc.array(again('json'), { maxLength: 4 }),
    map: fc.dictionary(key, again('json'), { maxKeys: 4 }),
  }))
  const library = (object: JsonRecord): string => {
    const document = new Document(object, { version: '1.1', aliasDuplicateObjects: false })
    visit(document, {
      Scalar(_key, node) {
        const { value } = node
        if (typeof value === 'string' && /^(?:[-+]?\.?[0-9][0-9a-fA-FxXoO_.:eE+-]*|=|<<)$/.test(value))
          node.type = Scalar.QUOTE_DOUBLE
      },
    })
    return document.toString({ lineWidth: 0, directives: false })
  }
  fc.assert(
    fc.property(json, (value) => {
      const object = wholeOf(value)
      expect(toYaml(object)).toBe(library(object))
    }),
    { seed: 1, numRuns: 1_000 },
  )
})

test('any printable string is read as the same string', () => {
  fc.assert(
    fc.property(characters, (value) => {
      const text = yaml(value)
      expect(parse(text, { version: '1.1' })).toEqual(wholeOf(value))
      expect(parse(text, { version: '1.2' })).toEqual(wholeOf(value))
    }),
    { seed: 1 },
  )
})

test('keys keep their order, one value is never written as a reference to another, and lines are not folded', () => {
  const labels = { b: 'x', a: 'y' }
  const text = toYaml({
    apiVersion: 'v1',
    kind: 'X',
    metadata: { name: 'x', labels },
    spec: { labels, long: `${'word '.repeat(60)}.` },
  })
  expect(text).toBe(
    `apiVersion: v1\nkind: X\nmetadata:\n  name: x\n  labels:\n    b: x\n    a: "y"\nspec:\n  labels:\n    b: x\n    a: "y"\n  long: ${'word '.repeat(60)}.\n`,
  )
})

test.each(['a\u2028b', 'a\u0085b', '\uFEFFa'])('%j is refused, since readers read it differently', (value) => {
  expect(() => yaml(value)).toThrow(/^ConfigMap x holds a string with a line separator/)
})
