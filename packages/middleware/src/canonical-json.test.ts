import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalJson } from './canonical-json.ts'

/** The same value with the keys of every object in another order. */
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
  test('is the same for every order of keys', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => canonicalJson(value) === canonicalJson(shuffled(value))))
  })

  test('differs wherever values differ', () => {
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
  ])('tells %s from %s', (a, b) => {
    expect(canonicalJson({ value: a })).not.toBe(canonicalJson({ value: b }))
  })

  test('of plain data is JSON of the same data', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
    expect(canonicalJson({ b: undefined, c: 1, a: [undefined] })).toBe('{"a":[null],"c":1}')
  })
})
