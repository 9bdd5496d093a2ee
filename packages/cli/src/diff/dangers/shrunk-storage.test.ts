import { expect, test } from 'vitest'
import { type Case, claim, cluster, dangers, deployment, volume } from '../fixtures/danger-objects.ts'

const temporary = (storage: string) =>
  volume({ ephemeral: { volumeClaimTemplate: { spec: { resources: { requests: { storage } } } } } })

test.each<Case>([
  [
    'a smaller claim',
    [claim('1Gi')],
    [claim('900Mi')],
    ['shrunk-storage: PersistentVolumeClaim x: The volume shrinks from 1Gi to 900Mi.'],
  ],
  ['a larger claim', [claim('1024Mi')], [claim('2Gi')], []],
  [
    'a smaller volume of an operator',
    [cluster({ storage: { size: '100Gi' } })],
    [cluster({ storage: { size: '50Gi' } })],
    ['shrunk-storage: Cluster x: The volume shrinks from 100Gi to 50Gi.'],
  ],
  [
    'a smaller volume that exists only as long as its pod',
    [deployment({}, temporary('100Gi'))],
    [deployment({}, temporary('50Gi'))],
    [],
  ],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
