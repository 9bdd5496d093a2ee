import { expect, test } from 'vitest'
import { exampleSubject, withValue } from '../fixtures/example-objects.ts'
import { networkCoverage } from './network-coverage.ts'

test('the example has no problem', () => {
  expect(networkCoverage(exampleSubject())).toEqual([])
})

test.each([
  ['spec.policyTypes', ['Ingress'], 'No NetworkPolicy denies Egress for the whole namespace.'],
  ['spec.ingress', [{}], 'No NetworkPolicy denies Ingress for the whole namespace.'],
])('a namespace that is open by default is reported: %s %j', (path, value, problem) => {
  expect(networkCoverage(withValue('NetworkPolicy', path, value))).toMatchObject([{ problem }])
})

test("a CronJob's pods that only the default meets are named", () => {
  const labels = { 'app.kubernetes.io/name': 'other' }
  expect(networkCoverage(withValue('CronJob', 'spec.jobTemplate.spec.template.metadata.labels', labels))).toMatchObject(
    [
      {
        field: 'spec.jobTemplate.spec.template.metadata.labels',
        problem: 'No NetworkPolicy selects the pods of CronJob prune, so they reach nothing, not even DNS.',
      },
    ],
  )
})

test('an opening to a port without a listener is reported, for ingress and egress', () => {
  const ports = [{ name: 'other', containerPort: 9000 }]
  expect(networkCoverage(withValue('Deployment', 'spec.template.spec.containers[0].ports', ports))).toMatchObject([
    { field: 'spec.ingress[0].ports[0].port', problem: 'No container of Deployment web listens on port 8000.' },
    { field: 'spec.egress[0].ports[0].port', problem: 'No container of Deployment web listens on port 8000.' },
  ])
})
