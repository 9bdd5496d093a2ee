import { expect, test } from 'vitest'
import { type Case, dangers, object } from '../fixtures/danger-objects.ts'

const application = object('Application', { apiVersion: 'argoproj.io/v1alpha1', spec: { project: 'p' } })

test.each<Case>([
  [
    'a removed Application',
    [application],
    [],
    [
      'removed-application: Application x: This Application is removed from Git, but not from the cluster: the root Application does not prune.',
    ],
  ],
  ['a new Application', [], [application], []],
  ['an Application that stays', [application], [application], []],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
