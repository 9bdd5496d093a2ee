import { expect, test } from 'vitest'
import { type Case, claim, cluster, dangers, deployment, object, volume } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'a removed claim',
    [claim('1Gi')],
    [],
    ['removed-data: PersistentVolumeClaim x: This PersistentVolumeClaim is removed.'],
  ],
  ['a removed database', [cluster({})], [], ['removed-data: Cluster x: This Cluster is removed.']],
  [
    'a pod that no longer mounts its claim',
    [deployment({}, volume({ persistentVolumeClaim: { claimName: 'c' } }))],
    [deployment({}, volume({ emptyDir: {} }))],
    ['removed-data: Deployment x: Pods no longer use this volume.'],
  ],
  ['a removed Service', [object('Service', { spec: {} })], [], []],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
