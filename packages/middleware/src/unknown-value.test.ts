import { expect, test } from 'vitest'
import { field, isObject, isRecord, text } from './unknown-value.ts'

test('distinguishes objects, arrays and other values', () => {
  const values = [{}, [], null, undefined, 'text', () => 1]
  expect(values.map(isObject)).toEqual([true, true, false, false, false, false])
  expect(values.map(isRecord)).toEqual([true, false, false, false, false, false])
})

test('reads a nested field, and returns undefined if a value on the path is not an object', () => {
  const value = { usage: { tokens: 3 }, name: 'x', none: null }
  expect(field(value, 'usage', 'tokens')).toBe(3)
  expect([field(value, 'name', 'length'), field(value, 'none', 'any'), field(undefined, 'any')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('returns a string unless it is empty', () => {
  expect(['a', '', 1, null].map(text)).toEqual(['a', undefined, undefined, undefined])
})
