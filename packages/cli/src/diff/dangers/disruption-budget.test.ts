import { expect, test } from 'vitest'
import { budget, type Case, cluster, dangers, deployment } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'a lower budget',
    [deployment(), budget({ minAvailable: 2 })],
    [deployment(), budget({ minAvailable: 1 })],
    ['disruption-budget: PodDisruptionBudget x: minAvailable goes from 2 to 1.'],
  ],
  [
    'a budget that lets more go',
    [deployment(), budget({ maxUnavailable: '10%' })],
    [deployment(), budget({ maxUnavailable: '20%' })],
    ['disruption-budget: PodDisruptionBudget x: maxUnavailable goes from 10% to 20%.'],
  ],
  ['a higher budget', [deployment(), budget({ minAvailable: 1 })], [deployment(), budget({ minAvailable: 2 })], []],
  [
    'a removed budget',
    [deployment(), budget({ minAvailable: 1 })],
    [deployment()],
    ['disruption-budget: PodDisruptionBudget x: The budget is removed, its pods are not.'],
  ],
  ['a budget removed with its pods', [deployment(), budget({ minAvailable: 1 })], [], []],
  [
    'a database without its budget',
    [cluster({ enablePDB: true })],
    [cluster({ enablePDB: false })],
    ['disruption-budget: Cluster x: The database loses its disruption budget.'],
  ],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
