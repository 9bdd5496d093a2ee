import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

/** Returns a copy of a value in which the keys of every object have another order. */
function shuffled(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shuffled)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, shuffled(item)]),
  )
}

function equal(a: unknown, b: unknown): boolean {
  try {
    expect(a).toEqual(b)
    return true
  } catch {
    return false
  }
}

describe('canonical JSON', () => {
  test('does not depend on the order of keys', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => canonicalJson(value) === canonicalJson(shuffled(value))))
  })

  test('differs for different values', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => (canonicalJson(a) === canonicalJson(b)) === equal(a, b)),
    )
  })

  test.each([
    [Number.NaN, null],
    [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
    [1n, 1],
    [new Date(0), new Date(1)],
    [new Uint8Array([1]), new Uint8Array([2])],
    [new Map([['a', 1]]), new Map([['a', 2]])],
    [new Set([1]), [1]],
    ['number:NaN', Number.NaN],
    [/a/, /a/i],
  ])('differs for %s and %s', (a, b) => {
    expect(canonicalJson({ value: a })).not.toBe(canonicalJson({ value: b }))
  })

  test('of plain data is valid JSON of the same data', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
    expect(canonicalJson({ b: undefined, c: 1, a: [undefined] })).toBe('{"a":[null],"c":1}')
  })
})
