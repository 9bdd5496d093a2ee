import { expect, test } from 'vitest'
import { type Case, dangers, deployment, job, object } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'another selector',
    [deployment()],
    [deployment({ selector: { matchLabels: { app: 'y' } } })],
    ['immutable-fields: Deployment x: This field of a Deployment is immutable.'],
  ],
  [
    'a Service that gets a cluster IP',
    [object('Service', { spec: { clusterIP: 'None' } })],
    [object('Service', { spec: {} })],
    ['immutable-fields: Service x: This field of a Service is immutable.'],
  ],
  [
    'the Cluster of a Pooler',
    [object('Pooler', { spec: { cluster: { name: 'postgres' } } })],
    [object('Pooler', { spec: { cluster: { name: 'postgres-2' } } })],
    ['immutable-fields: Pooler x: This field of a Pooler is immutable.'],
  ],
  [
    "a Job's template",
    [job('Never')],
    [job('OnFailure')],
    ['immutable-fields: Job x: This field of a Job is immutable.'],
  ],
  [
    'the template of a Job that is recreated as a hook',
    [job('Never', { 'argocd.argoproj.io/hook': 'Sync' })],
    [job('OnFailure', { 'argocd.argoproj.io/hook': 'Sync' })],
    [],
  ],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
