import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

/** The same data with every object's keys in another order. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reordered)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, reordered(item)]),
  )
}

test('the order of keys makes no difference', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => canonicalJson(value) === canonicalJson(reordered(value))))
})

test('it is JSON of the same data, and other data have another text', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
      expect(JSON.parse(canonicalJson(one))).toEqual(JSON.parse(JSON.stringify(one)))
      const same = JSON.stringify(reordered(reordered(one))) === JSON.stringify(reordered(reordered(other)))
      if (same) expect(canonicalJson(one)).toBe(canonicalJson(other))
      else if (canonicalJson(one) === canonicalJson(other))
        expect(JSON.parse(JSON.stringify(one))).toEqual(JSON.parse(JSON.stringify(other)))
    }),
  )
})

test('nothing is lost between a key and a value, or a text and a number', () => {
  const texts = [{ a: 1 }, { a: '1' }, { a: [1] }, { a: { 1: 1 } }, ['a', 1], { a: null }, {}, 'a', '{"a":1}'].map(
    canonicalJson,
  )
  expect(new Set(texts).size).toBe(texts.length)
  expect(canonicalJson({ b: undefined, a: [undefined] })).toBe('{"a":[null]}')
})

test.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, () => 1])('what is no JSON is refused', (value) => {
  expect(() => canonicalJson({ value })).toThrow("can't be written as JSON")
})
