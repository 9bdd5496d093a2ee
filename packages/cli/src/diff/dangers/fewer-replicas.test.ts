import { expect, test } from 'vitest'
import { type Case, cluster, dangers, deployment, object, scaler } from '../fixtures/danger-objects.ts'

test.each<Case>([
  [
    'fewer replicas',
    [deployment()],
    [deployment({ replicas: 2 })],
    ['fewer-replicas: Deployment x: The minimum number of pods changes from 3 (spec.replicas) to 2 (spec.replicas).'],
  ],
  [
    'an autoscaler with a lower minimum than the replicas that it replaces',
    [deployment()],
    [deployment({ replicas: undefined }), scaler(2)],
    [
      'fewer-replicas: Deployment x: The minimum number of pods changes from 3 (spec.replicas) to 2 (HorizontalPodAutoscaler hpa).',
    ],
  ],
  ['an autoscaler with the same minimum', [deployment()], [deployment({ replicas: undefined }), scaler(3)], []],
  [
    'an autoscaler that scales to zero',
    [deployment({ replicas: undefined }), scaler(2)],
    [deployment({ replicas: undefined }), object('ScaledObject', { spec: { scaleTargetRef: { name: 'x' } } })],
    [
      'fewer-replicas: Deployment x: The minimum number of pods changes from 2 (HorizontalPodAutoscaler hpa) to 0 (ScaledObject x).',
    ],
  ],
  [
    'fewer instances',
    [cluster({})],
    [cluster({ instances: 1 })],
    ['fewer-replicas: Cluster x: The minimum number of pods changes from 3 (spec.instances) to 1 (spec.instances).'],
  ],
])('%s', (_title, before, after, expected) => {
  expect(dangers(before, after)).toEqual(expected)
})
