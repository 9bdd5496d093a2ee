import { expect, test } from 'vitest'
import { typedArguments } from './typed-arguments.ts'

const original = { amount: 1, urgent: false, tags: ['a'], to: { name: 'x' }, note: 'n', none: null }

test.each([
  ['a number', { amount: '2' }, { amount: 2 }],
  ['a boolean', { urgent: 'true' }, { urgent: true }],
  ['a list', { tags: '["b"]' }, { tags: ['b'] }],
  ['an object', { to: '{"name":"y"}' }, { to: { name: 'y' } }],
])('the text of %s gets the type of the original', (_what, edited, typed) => {
  expect(typedArguments(edited, original)).toEqual(typed)
})

test.each([
  ['a text whose original is a text', { note: '2' }],
  ['a text that is not JSON', { amount: 'much' }],
  ['a text of another type', { amount: '"2"' }],
  ['a number that would be rounded', { amount: '9007199254740993' }],
  ['a number that is too large', { amount: '1e999' }],
  ['an argument that the call does not have', { other: '2' }],
  ['an argument whose original is null', { none: '2' }],
  ['a value that has a type', { amount: 2, tags: ['b'] }],
])('%s is unchanged', (_what, edited) => {
  expect(typedArguments(edited, original)).toEqual(edited)
})
