import { expect, test } from 'vitest'
import type { Json } from '../../rendered-object.ts'
import { exampleObject, exampleSubject } from '../fixtures/example-objects.ts'
import { owners } from './owners.ts'

const found = (...more: readonly (readonly [kind: string, name: string, spec: Json])[]) => {
  const subject = exampleSubject()
  const objects = more.map(([kind, name, spec]) =>
    exampleObject({ apiVersion: 'example.com/v1', kind, metadata: { name, namespace: 'example' }, spec }),
  )
  return owners({ ...subject, objects: [...subject.objects, ...objects] }).map(
    ({ rendered, problem }) => `${rendered.kind} ${rendered.name}: ${problem}`,
  )
}

test('the example has no problem', () => {
  expect(found()).toEqual([])
})

test('a Secret with two makers is reported', () => {
  expect(
    found(['ExternalSecret', 'tls', { target: { name: 'tls' } }], ['Certificate', 'web', { secretName: 'tls' }]),
  ).toEqual(['Certificate web: Secret tls has two owners: the operator of this object and ExternalSecret tls.'])
})

test('a rendered object that an operator also makes is reported', () => {
  expect(found(['ScaledObject', 'web', { advanced: { horizontalPodAutoscalerConfig: { name: 'web' } } }])).toEqual([
    'ScaledObject web: HorizontalPodAutoscaler web has two owners: the operator of this object and agent/HorizontalPodAutoscaler.web.yaml.',
  ])
  expect(found(['Pooler', 'web', { instances: 2 }])).toEqual([
    'Pooler web: Deployment web has two owners: the operator of this object and agent/Deployment.web.yaml.',
    'Pooler web: Service web has two owners: the operator of this object and agent/Service.web.yaml.',
    'Pooler web: ServiceAccount web has two owners: the operator of this object and agent/ServiceAccount.web.yaml.',
  ])
  expect(found(['Cluster', 'web', { instances: 3 }])).toContain(
    'Cluster web: PodDisruptionBudget web has two owners: the operator of this object and agent/PodDisruptionBudget.web.yaml.',
  )
  const nodes = { pdb: { enabled: true } }
  const leader = ['StatefulSet', 'redis-leader', {}] as const
  expect(found(leader, ['RedisCluster', 'redis', { redisLeader: nodes, redisFollower: nodes }])).toEqual([
    'RedisCluster redis: StatefulSet redis-leader has two owners: the operator of this object and agent/StatefulSet.redis-leader.yaml.',
  ])
})
