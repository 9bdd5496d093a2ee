import { expect, test } from 'vitest'
import { budget, type Case, cluster, dangers, deployment } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'a lower budget',
    [deployment(), budget({ minAvailable: 2 })],
    [deployment(), budget({ minAvailable: 1 })],
    ['disruption-budget: PodDisruptionBudget x: minAvailable changes from 2 to 1.'],
  ],
  [
    'a budget that allows more evictions',
    [deployment(), budget({ maxUnavailable: '10%' })],
    [deployment(), budget({ maxUnavailable: '20%' })],
    ['disruption-budget: PodDisruptionBudget x: maxUnavailable changes from 10% to 20%.'],
  ],
  ['a higher budget', [deployment(), budget({ minAvailable: 1 })], [deployment(), budget({ minAvailable: 2 })], []],
  [
    'a removed budget',
    [deployment(), budget({ minAvailable: 1 })],
    [deployment()],
    ['disruption-budget: PodDisruptionBudget x: The PodDisruptionBudget is removed, but its pods remain.'],
  ],
  ['a budget removed with its pods', [deployment(), budget({ minAvailable: 1 })], [], []],
  [
    'a database without its budget',
    [cluster({ enablePDB: true })],
    [cluster({ enablePDB: false })],
    ['disruption-budget: Cluster x: The database no longer has a PodDisruptionBudget.'],
  ],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
