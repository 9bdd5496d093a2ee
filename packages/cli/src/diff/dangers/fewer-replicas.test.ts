import { expect, test } from 'vitest'
import { type Case, cluster, dangers, deployment, object, scaler } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'fewer replicas',
    [deployment()],
    [deployment({ replicas: 2 })],
    ['fewer-replicas: Deployment x: At least 3 pods were promised by spec.replicas, now at least 2 by spec.replicas.'],
  ],
  [
    'a scaler that promises less than the replicas that it replaces',
    [deployment()],
    [deployment({ replicas: undefined }), scaler(2)],
    [
      'fewer-replicas: Deployment x: At least 3 pods were promised by spec.replicas, now at least 2 by HorizontalPodAutoscaler hpa.',
    ],
  ],
  ['a scaler that promises as much', [deployment()], [deployment({ replicas: undefined }), scaler(3)], []],
  [
    'a scaler of waiting runs that goes down to none',
    [deployment({ replicas: undefined }), scaler(2)],
    [deployment({ replicas: undefined }), object('ScaledObject', { spec: { scaleTargetRef: { name: 'x' } } })],
    [
      'fewer-replicas: Deployment x: At least 2 pods were promised by HorizontalPodAutoscaler hpa, now at least 0 by ScaledObject x.',
    ],
  ],
  [
    'fewer instances',
    [cluster({})],
    [cluster({ instances: 1 })],
    ['fewer-replicas: Cluster x: At least 3 pods were promised by spec.instances, now at least 1 by spec.instances.'],
  ],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
