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

test('the example is right', () => {
  expect(found()).toEqual([])
})

test('a Secret that two objects make is named', () => {
  expect(
    found(['ExternalSecret', 'tls', { target: { name: 'tls' } }], ['Certificate', 'web', { secretName: 'tls' }]),
  ).toEqual(['Certificate web: Its operator makes Secret tls, and so does ExternalSecret tls.'])
})

test('a rendered object that an operator makes too is named', () => {
  expect(found(['ScaledObject', 'web', { advanced: { horizontalPodAutoscalerConfig: { name: 'web' } } }])).toEqual([
    'ScaledObject web: Its operator makes HorizontalPodAutoscaler web, and so does agent/HorizontalPodAutoscaler.web.yaml.',
  ])
  expect(found(['Pooler', 'web', { instances: 2 }])).toEqual([
    'Pooler web: Its operator makes Deployment web, and so does agent/Deployment.web.yaml.',
    'Pooler web: Its operator makes Service web, and so does agent/Service.web.yaml.',
    'Pooler web: Its operator makes ServiceAccount web, and so does agent/ServiceAccount.web.yaml.',
  ])
  expect(found(['Cluster', 'web', { instances: 3 }])).toContain(
    'Cluster web: Its operator makes PodDisruptionBudget web, and so does agent/PodDisruptionBudget.web.yaml.',
  )
  const nodes = { pdb: { enabled: true } }
  const leader = ['StatefulSet', 'redis-leader', {}] as const
  expect(found(leader, ['RedisCluster', 'redis', { redisLeader: nodes, redisFollower: nodes }])).toEqual([
    'RedisCluster redis: Its operator makes StatefulSet redis-leader, and so does agent/StatefulSet.redis-leader.yaml.',
  ])
})
