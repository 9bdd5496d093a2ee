import type { EnvironmentInput } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { rendered } from '../fixtures/rendered.ts'
import { renderEnvironment } from '../render-environment.ts'

const cnpg = (change: object = {}, rest: Partial<EnvironmentInput> = {}) =>
  soundEnvironment({ postgres: { kind: 'cnpg', maxConnections: 2000, ...change }, ...rest })
const paths = (environment: ReturnType<typeof cnpg>) => renderEnvironment(environment).map(({ path }) => path)

test('only the primary has a pooler, because the server reads and writes there', () => {
  const poolers = (environment: ReturnType<typeof cnpg>) =>
    paths(environment).filter((path) => path.startsWith('postgres/Pooler.'))
  expect(rendered(cnpg(), 'postgres/Pooler.postgres-pooler-rw.yaml', 'spec', 'type')).toBe('rw')
  for (const instances of [1, 3])
    expect(poolers(cnpg({ instances }))).toEqual(['postgres/Pooler.postgres-pooler-rw.yaml'])
})

test("the server's certificate contains the name of the pooler, since clients verify it", () => {
  expect(rendered(cnpg(), 'postgres/Cluster.postgres.yaml', 'spec', 'certificates', 'serverAltDNSNames')).toContain(
    'postgres-pooler-rw.hadal-test.svc',
  )
})

test('a pooler of several pods has a disruption budget, a single pod has none', () => {
  expect(paths(cnpg())).toContain('postgres/PodDisruptionBudget.postgres-pooler-rw.yaml')
  const single = cnpg({ pooler: { instances: 1 } })
  expect(paths(single).filter((path) => path.startsWith('postgres/PodDisruptionBudget'))).toEqual([])
})

test('a commit waits for a replica, and requires it with three or more instances', () => {
  const synchronous = (instances: number) =>
    rendered(cnpg({ instances }), 'postgres/Cluster.postgres.yaml', 'spec', 'postgresql', 'synchronous')
  expect(synchronous(3)).toEqual({ method: 'any', number: 1, dataDurability: 'required' })
  expect(synchronous(2)).toMatchObject({ dataDurability: 'preferred' })
  expect(synchronous(1)).toBeUndefined()
})

test('in a protected environment, no two instances share a node', () => {
  const affinity = (environment: ReturnType<typeof cnpg>) =>
    rendered(environment, 'postgres/Cluster.postgres.yaml', 'spec', 'affinity', 'podAntiAffinityType')
  expect(affinity(cnpg())).toBe('preferred')
  const redis = { kind: 'cluster' } as const
  expect(
    affinity(cnpg({}, { protected: true, development: false, redis, backup: { kind: 's3', bucket: 'backups' } })),
  ).toBe('required')
})

test('the private CA of an external database is mounted', () => {
  const external = { kind: 'external', host: 'db.example.com', addresses: ['192.0.2.0/28'] } as const
  const volumes = (postgres: object) =>
    JSON.stringify(
      rendered(
        soundEnvironment({ postgres: { ...external, addresses: [...external.addresses], ...postgres } }),
        'agent/Deployment.deep-agents.yaml',
        'spec',
        'template',
        'spec',
        'volumes',
      ),
    )
  expect(volumes({ privateCa: true })).toContain('database-ca')
  expect(volumes({})).not.toContain('database-ca')
})
