import { expect, test } from 'vitest'
import { field, isObject, isRecord, text } from './unknown-value.ts'

test('tells objects, arrays and other values apart', () => {
  const values = [{}, [], null, undefined, 'text', () => 1]
  expect(values.map(isObject)).toEqual([true, true, false, false, false, false])
  expect(values.map(isRecord)).toEqual([true, false, false, false, false, false])
})

test('reads a field of a field, and nothing where a value on the way is not an object', () => {
  const value = { usage: { tokens: 3 }, name: 'x', none: null }
  expect(field(value, 'usage', 'tokens')).toBe(3)
  expect([field(value, 'name', 'length'), field(value, 'none', 'any'), field(undefined, 'any')]).toEqual([
    undefined,
    undefined,
    undefined,
  ])
})

test('reads a text that is not empty', () => {
  expect(['a', '', 1, null].map(text)).toEqual(['a', undefined, undefined, undefined])
})
