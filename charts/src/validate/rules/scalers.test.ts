import { expect, test } from 'vitest'
import { exampleSubject, withObject, withValue } from '../fixtures/example-objects.ts'
import { scalers } from './scalers.ts'

test('the example has no problem', () => {
  expect(scalers(exampleSubject())).toEqual([])
})

test('a scaler without its workload is reported', () => {
  expect(scalers(withValue('HorizontalPodAutoscaler', 'spec.scaleTargetRef.name', 'webb'))).toMatchObject([
    { field: 'spec.scaleTargetRef', problem: 'Deployment webb is not rendered.', mend: 'Scale one of Deployment web.' },
  ])
})

test('replicas of a scaled workload are reported', () => {
  const [found] = scalers(withValue('Deployment', 'spec.replicas', 3))
  expect(found).toMatchObject({ field: 'spec.replicas', rendered: { kind: 'Deployment' } })
})

test('a second scaler of one workload is reported', () => {
  const scaled = withObject({
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    metadata: { name: 'web-queue', namespace: 'example' },
    spec: { scaleTargetRef: { name: 'web' }, triggers: [] },
  })
  expect(scalers(scaled)).toMatchObject([
    { problem: 'Deployment web already has a scaler: HorizontalPodAutoscaler web.' },
  ])
})
