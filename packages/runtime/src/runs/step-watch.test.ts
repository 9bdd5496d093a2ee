import { expect, test } from 'vitest'
import { stepWatch } from './step-watch.ts'

const checkpoint = (source: 'input' | 'loop', step: number, namespace = '') =>
  ({ kind: 'checkpoint', checkpointId: 'c', namespace, metadata: { source, step, parents: {} } }) as const

test('a step is finished with the checkpoint after the first node, not with those of the input and of __start__', () => {
  const passes = stepWatch()
  expect([checkpoint('input', 3), checkpoint('loop', 4), checkpoint('loop', 5)].map(passes)).toEqual([
    false,
    false,
    true,
  ])
})

test('a later attempt finishes a step with its first checkpoint', () => {
  expect(stepWatch()(checkpoint('loop', 7))).toBe(true)
})

test('a subgraph has its own input checkpoint', () => {
  const passes = stepWatch()
  expect(passes(checkpoint('input', -1, 'sub:1'))).toBe(false)
  expect(passes(checkpoint('loop', 0, 'sub:1'))).toBe(false)
  expect(passes(checkpoint('loop', 0, 'sub:2'))).toBe(true)
  expect(passes(checkpoint('loop', 1, 'sub:1'))).toBe(true)
})

test('the writes of a task finish no step', () => {
  expect(stepWatch()({ kind: 'task', checkpointId: 'c', namespace: '' })).toBe(false)
})
