import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { toYaml } from './to-yaml.ts'

const yaml = (value: unknown): string =>
  toYaml({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'x' }, data: { key: value as string } })

const wholeOf = (value: unknown) => ({
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

test.each([...misread, ...special])('%j stays the string that it is, for readers of YAML 1.1 and 1.2', (value) => {
  const text = yaml(value)
  expect(parse(text, { version: '1.1' })).toEqual(wholeOf(value))
  expect(parse(text, { version: '1.2' })).toEqual(wholeOf(value))
})

test('any printable string stays what it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'aA01.:-+_eExo #\'"{}[]&*!|>%@,?~=\n\t ') }), (value) => {
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

test.each(['a\u2028b', 'a\u0085b', '\uFEFFa'])('%j is refused, since readers disagree about it', (value) => {
  expect(() => yaml(value)).toThrow(/^ConfigMap x holds a string with a line separator/)
})
