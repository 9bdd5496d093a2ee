import { expect, test } from 'vitest'
import { type Case, dangers, deployment, object } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'a removed quota',
    [object('ResourceQuota', {})],
    [],
    ['weaker-limits: ResourceQuota x: The ResourceQuota is removed.'],
  ],
  [
    'a removed limit of a LimitRange',
    [object('LimitRange', { spec: { limits: [{ type: 'Container', max: { cpu: '1' } }] } })],
    [object('LimitRange', { spec: { limits: [{ type: 'Container' }] } })],
    ['weaker-limits: LimitRange x: This limit is removed.'],
  ],
  [
    'a container without its limit',
    [deployment()],
    [deployment({}, {}, { resources: { limits: { memory: '1Gi' } } })],
    ['weaker-limits: Deployment x: The cpu limit is removed.'],
  ],
  [
    'less memory',
    [deployment()],
    [deployment({}, {}, { resources: { limits: { cpu: '1', memory: '512Mi' } } })],
    ['weaker-limits: Deployment x: The memory limit changes from 1Gi to 512Mi.'],
  ],
  ['less CPU', [deployment()], [deployment({}, {}, { resources: { limits: { cpu: '500m', memory: '1Gi' } } })], []],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
