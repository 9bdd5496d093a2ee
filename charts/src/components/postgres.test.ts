import type { EnvironmentInput } from '@hadal/platform/environment'
import { sentencesAbout, soundEnvironment, soundInput } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { rendered } from '../fixtures/rendered.ts'
import { renderEnvironment } from '../render-environment.ts'

const cnpg = (change: object = {}, rest: Partial<EnvironmentInput> = {}) =>
  soundEnvironment({ postgres: { kind: 'cnpg', maxConnections: 2000, ...change }, ...rest })
const externalSecrets = {
  kind: 'external-secrets',
  store: { kind: 'SecretStore', name: 'vault' },
  path: 'hadal/test',
} as const
const paths = (environment: ReturnType<typeof cnpg>) => renderEnvironment(environment).map(({ path }) => path)

test('replicas have their own pooler, for reads that may lag', () => {
  expect(rendered(cnpg(), 'postgres/Pooler.postgres-pooler-rw.yaml', 'spec', 'type')).toBe('rw')
  expect(rendered(cnpg(), 'postgres/Pooler.postgres-pooler-ro.yaml', 'spec', 'type')).toBe('ro')
  expect(paths(cnpg({ instances: 1 }))).not.toContain('postgres/Pooler.postgres-pooler-ro.yaml')
})

test("the server's certificate contains the name of every pooler, since clients verify it", () => {
  const names = (environment: ReturnType<typeof cnpg>) =>
    rendered(environment, 'postgres/Cluster.postgres.yaml', 'spec', 'certificates', 'serverAltDNSNames')
  expect(names(cnpg())).toEqual(
    expect.arrayContaining(['postgres-pooler-rw.hadal-test.svc', 'postgres-pooler-ro.hadal-test.svc']),
  )
  expect(names(cnpg({ instances: 1 }))).not.toContain('postgres-pooler-ro.hadal-test.svc')
})

test('a pooler of several pods has a disruption budget, a single pod has none', () => {
  expect(paths(cnpg())).toContain('postgres/PodDisruptionBudget.postgres-pooler-ro.yaml')
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

test('the write-ahead log kept for a lost replica leaves most of its volume free', () => {
  const kept = (storage: object) =>
    rendered(
      cnpg({ storage }),
      'postgres/Cluster.postgres.yaml',
      'spec',
      'postgresql',
      'parameters',
      'max_slot_wal_keep_size',
    )
  expect(kept({ size: '100Gi' })).toBe('25600MB')
  expect(kept({ size: '100Gi', walStorage: { size: '20Gi' } })).toBe('10240MB')
})

test('the write-ahead log has a volume of its own if the environment says so, of at least 2Gi', () => {
  const walStorage = (storage: object) =>
    rendered(cnpg({ storage }), 'postgres/Cluster.postgres.yaml', 'spec', 'walStorage')
  expect(walStorage({ size: '20Gi' })).toBeUndefined()
  expect(walStorage({ size: '20Gi', walStorage: { size: '5Gi', class: 'fast' } })).toEqual({
    size: '5Gi',
    storageClass: 'fast',
    resizeInUseVolumes: true,
  })
  const postgres = { kind: 'cnpg', storage: { size: '20Gi', walStorage: { size: '1Gi' } } }
  expect(sentencesAbout({ ...soundInput, postgres })).toEqual([
    'postgres.storage.walStorage.size = "1Gi": Must be at least 2Gi: PostgreSQL keeps up to 1 GB of write-ahead log between two checkpoints, and more while it is not archived. Raise it to 2Gi.',
  ])
})

test('a new database makes its first backup at once', () => {
  const environment = cnpg({}, { backup: { kind: 's3', bucket: 'backups' } })
  expect(rendered(environment, 'postgres/ScheduledBackup.postgres.yaml', 'spec', 'immediate')).toBe(true)
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

test('with sign-in, the operator makes the roles of requests and of loops, and applies their changed passwords', () => {
  const environment = cnpg({}, { access: { kind: 'api-keys' }, secrets: externalSecrets })
  expect(rendered(environment, 'postgres/Cluster.postgres.yaml', 'spec', 'managed', 'roles')).toMatchObject([
    { name: 'deep_agents_app', ensure: 'present', login: true, passwordSecret: { name: 'db-application' } },
    { name: 'deep_agents_loops', ensure: 'present', login: true, passwordSecret: { name: 'db-loops' } },
  ])
  for (const name of ['db-credentials', 'db-application', 'db-loops'])
    expect(
      rendered(environment, `secrets/ExternalSecret.${name}.yaml`, 'spec', 'target', 'template', 'metadata', 'labels'),
    ).toEqual({ 'cnpg.io/reload': 'true' })
  expect(rendered(cnpg(), 'postgres/Cluster.postgres.yaml', 'spec', 'managed')).toBeUndefined()
})

test('a standalone server makes the further roles only with sign-in', () => {
  const script = (access: EnvironmentInput['access']) =>
    String(
      rendered(
        soundEnvironment({ access, postgres: { kind: 'standalone', maxConnections: 2000 } }),
        'postgres/ConfigMap.postgres-scripts.yaml',
        'data',
        'make-database.sh',
      ),
    )
  for (const login of ['db-application', 'db-loops']) {
    expect(script({ kind: 'api-keys' })).toContain(`/run/secrets/${login}/password`)
    expect(script({ kind: 'open' })).not.toContain(login)
  }
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

test('the pooler keeps more prepared statements than the servers of two releases use', () => {
  expect(
    rendered(
      cnpg(),
      'postgres/Pooler.postgres-pooler-rw.yaml',
      'spec',
      'pgbouncer',
      'parameters',
      'max_prepared_statements',
    ),
  ).toBe('200')
})

test('servers prepare statements behind our own pooler and without one, and behind an external address only if the environment says so', () => {
  const external = { kind: 'external', host: 'db.example.com', addresses: ['192.0.2.0/28'] } as const
  const setting = (postgres: EnvironmentInput['postgres']) =>
    rendered(
      soundEnvironment({ postgres }),
      'agent/ConfigMap.deep-agents-settings.yaml',
      'data',
      'DATABASE_PREPARED_STATEMENTS',
    )
  expect(setting({ kind: 'cnpg', maxConnections: 2000 })).toBe('on')
  expect(setting({ kind: 'standalone', maxConnections: 2000 })).toBe('on')
  expect(setting({ ...external, addresses: [...external.addresses] })).toBe('off')
  expect(setting({ ...external, addresses: [...external.addresses], preparedStatements: true })).toBe('on')
})
