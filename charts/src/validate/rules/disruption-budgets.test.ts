import { expect, test } from 'vitest'
import { exampleSubject, withObject, withoutKind, withValue } from '../fixtures/example-objects.ts'
import { disruptionBudgets } from './disruption-budgets.ts'

test('the example has no problem', () => {
  expect(disruptionBudgets(exampleSubject())).toEqual([])
})

test('several pods without a disruption budget are reported, a single pod is not', () => {
  expect(disruptionBudgets(withoutKind('PodDisruptionBudget'))).toMatchObject([
    { rendered: { kind: 'Deployment' }, problem: 'No PodDisruptionBudget selects the pods of Deployment web.' },
  ])
  const single = withValue('Deployment', 'spec.replicas', 1)
  const objects = single.objects.filter(({ kind }) => kind !== 'PodDisruptionBudget')
  expect(disruptionBudgets({ ...single, objects })).toEqual([])
})

test('pods of operators without a disruption budget are reported', () => {
  const found = (apiVersion: string, kind: string, spec: object) =>
    disruptionBudgets(
      withObject({ apiVersion, kind, metadata: { name: 'x', namespace: 'example' }, spec: { ...spec } }),
    )
  expect(found('postgresql.cnpg.io/v1', 'Cluster', { instances: 3, enablePDB: true })).toEqual([])
  expect(found('postgresql.cnpg.io/v1', 'Cluster', { instances: 3, enablePDB: false })).toHaveLength(1)
  expect(found('postgresql.cnpg.io/v1', 'Pooler', { instances: 2 })).toHaveLength(1)
  expect(found('postgresql.cnpg.io/v1', 'Pooler', { instances: 1 })).toEqual([])
  const redis = 'redis.redis.opstreelabs.in/v1beta2'
  const guarded = { pdb: { enabled: true } }
  expect(found(redis, 'RedisCluster', { redisLeader: guarded, redisFollower: guarded })).toEqual([])
  // Leaders and followers are two workloads.
  expect(found(redis, 'RedisCluster', { redisLeader: guarded })).toHaveLength(2)
})
