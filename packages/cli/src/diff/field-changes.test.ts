import { expect, test } from 'vitest'
import { fieldChanges } from './field-changes.ts'

test('another order of the fields is not a change', () => {
  expect(fieldChanges({ a: 1, b: [{ name: 'x' }] }, { b: [{ name: 'x' }], a: 1 })).toEqual([])
})

test('changed, new and removed fields are reported by their paths', () => {
  expect(fieldChanges({ spec: { replicas: 3, old: true } }, { spec: { replicas: 2, fresh: [] } })).toEqual([
    { path: 'spec.replicas', before: 3, after: 2 },
    { path: 'spec.old', before: true, after: undefined },
    { path: 'spec.fresh', before: undefined, after: [] },
  ])
})

test('list items are identified by their name, in any order', () => {
  const before = {
    env: [
      { name: 'A', value: '1' },
      { name: 'B', value: '2' },
    ],
  }
  const after = {
    env: [
      { name: 'B', value: '3' },
      { name: 'A', value: '1' },
    ],
  }
  expect(fieldChanges(before, after)).toEqual([{ path: 'env[B].value', before: '2', after: '3' }])
})

test('two items of the same name are distinguished by a number', () => {
  const rule = (expr: string) => ({ alert: 'Burn', expr })
  expect(fieldChanges([rule('a'), rule('b')], [rule('a'), rule('c')])).toEqual([
    { path: '[Burn 2].expr', before: 'b', after: 'c' },
  ])
})

test('equal items without a name are skipped, and the others are compared pair by pair', () => {
  expect(fieldChanges({ args: ['-c', 'a=1', 'x'] }, { args: ['-c', 'a=2', 'x', 'y'] })).toEqual([
    { path: 'args[1]', before: 'a=1', after: 'a=2' },
    { path: 'args[3]', before: undefined, after: 'y' },
  ])
})

test('another order of a list is a change', () => {
  expect(fieldChanges({ command: ['a', 'b'] }, { command: ['b', 'a'] })).toEqual([
    { path: 'command', before: ['a', 'b'], after: ['b', 'a'] },
  ])
})
