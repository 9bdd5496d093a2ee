import { expect, test } from 'vitest'
import { type Case, dangers, deployment, job, object } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'another selector',
    [deployment()],
    [deployment({ selector: { matchLabels: { app: 'y' } } })],
    ["immutable-fields: Deployment x: A Deployment doesn't let this field be changed."],
  ],
  [
    'a Service that gets an address',
    [object('Service', { spec: { clusterIP: 'None' } })],
    [object('Service', { spec: {} })],
    ["immutable-fields: Service x: A Service doesn't let this field be changed."],
  ],
  [
    "a Job's template",
    [job('Never')],
    [job('OnFailure')],
    ["immutable-fields: Job x: A Job doesn't let this field be changed."],
  ],
  [
    'the template of a Job that a hook makes anew',
    [job('Never', { 'argocd.argoproj.io/hook': 'Sync' })],
    [job('OnFailure', { 'argocd.argoproj.io/hook': 'Sync' })],
    [],
  ],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
