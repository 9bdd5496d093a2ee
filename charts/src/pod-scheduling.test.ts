import type { EnvironmentInput } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { describe, expect, test } from 'vitest'
import { allowedConnections } from './fixtures/network.ts'
import { rendered } from './fixtures/rendered.ts'
import { choices, sandbox } from './fixtures/shapes.ts'
import { renderEnvironment } from './render-environment.ts'
import { podsOf } from './validate/pods.ts'
import { validateManifests } from './validate/validate-manifests.ts'

const tolerations = [{ operator: 'Equal', key: 'pool', value: 'agents', effect: 'NoSchedule' }] as const
const scheduling = (pool: string) => ({
  nodeSelector: { pool },
  tolerations: [...tolerations],
  priorityClassName: `${pool}-class`,
})
const onNodes = (pool: string) => ({ nodeSelector: { pool }, tolerations })
const agent = {
  topology: 'split',
  api: { autoscaling: { kind: 'none' } },
  worker: { autoscaling: { kind: 'none' } },
} as const

const operated = soundEnvironment({
  agent: { ...agent, scheduling: scheduling('agents') },
  postgres: { kind: 'cnpg', maxConnections: 2000, scheduling: scheduling('data') },
  redis: { kind: 'cluster', scheduling: scheduling('cache') },
  imagePullSecret: true,
  sandbox,
})
const standalone = soundEnvironment({
  agent: { ...agent, scheduling: scheduling('agents') },
  postgres: { kind: 'standalone', maxConnections: 2000, scheduling: scheduling('data') },
  redis: { kind: 'standalone', scheduling: scheduling('cache') },
  imagePullSecret: true,
})
const pullSecrets = [{ name: 'registry-credentials' }]

describe('scheduling', () => {
  test.for([
    ['agent/Deployment.deep-agents.yaml', 'agents'],
    ['agent/Deployment.deep-agents-worker.yaml', 'agents'],
    ['agent/Job.deep-agents-migrate.yaml', 'agents'],
    ['postgres/StatefulSet.postgres.yaml', 'data'],
    ['redis/StatefulSet.redis.yaml', 'cache'],
  ] as const)('is in the pods of %s', ([path, pool]) => {
    expect(rendered(standalone, path, 'spec', 'template', 'spec')).toMatchObject({
      ...onNodes(pool),
      priorityClassName: `${pool}-class`,
    })
  })

  test("is in CloudNativePG's Cluster and its pooler", () => {
    expect(rendered(operated, 'postgres/Cluster.postgres.yaml', 'spec')).toMatchObject({
      affinity: { ...onNodes('data'), enablePodAntiAffinity: true },
      priorityClassName: 'data-class',
    })
    expect(rendered(operated, 'postgres/Pooler.postgres-pooler-rw.yaml', 'spec', 'template', 'spec')).toMatchObject({
      ...onNodes('data'),
      priorityClassName: 'data-class',
    })
  })

  test('is in the masters and replicas of a Redis cluster', () => {
    expect(rendered(operated, 'redis/RedisCluster.redis.yaml', 'spec')).toMatchObject({
      priorityClassName: 'cache-class',
      redisLeader: onNodes('cache'),
      redisFollower: onNodes('cache'),
    })
  })

  test('leaves pods to the defaults of the cluster if the environment sets nothing', () => {
    for (const { text } of renderEnvironment(
      soundEnvironment({ postgres: { kind: 'standalone', maxConnections: 2000 } }),
    ))
      expect(text).not.toMatch(/nodeSelector|tolerations|priorityClassName|imagePullSecrets/)
  })
})

describe('the credentials of the registry', () => {
  test('are named by every pod, also by those of operators and by sandboxes', () => {
    for (const environment of [operated, standalone]) {
      const objects = renderEnvironment(environment)
      const written = podsOf({ objects }).filter(({ spec }) => Object.keys(spec).length > 0)
      expect(written.length).toBeGreaterThan(3)
      for (const { maker, spec } of written)
        expect([maker.path, spec.imagePullSecrets]).toEqual([maker.path, pullSecrets])
      expect(validateManifests(environment, objects)).toEqual([])
    }
    expect(rendered(operated, 'postgres/Cluster.postgres.yaml', 'spec', 'imagePullSecrets')).toEqual(pullSecrets)
    const pooler = ['postgres/Pooler.postgres-pooler-rw.yaml', 'spec', 'template', 'spec', 'imagePullSecrets'] as const
    expect(rendered(operated, ...pooler)).toEqual(pullSecrets)
    expect(rendered(operated, 'redis/RedisCluster.redis.yaml', 'spec', 'kubernetesConfig', 'imagePullSecrets')).toEqual(
      pullSecrets,
    )
  })

  test('come from the store as a Secret of the type that kubelets read', () => {
    const environment = soundEnvironment({ imagePullSecret: true, secrets: choices.secrets[1] })
    const template = rendered(
      environment,
      'secrets/ExternalSecret.registry-credentials.yaml',
      'spec',
      'target',
      'template',
    )
    expect(template).toMatchObject({
      type: 'kubernetes.io/dockerconfigjson',
      data: { '.dockerconfigjson': expect.any(String) },
    })
  })

  test('must exist for the pods of an operator too', () => {
    const objects = renderEnvironment(operated)
    const without = soundEnvironment({ ...operated, imagePullSecret: false } as EnvironmentInput)
    const fields = validateManifests(without, objects).map(({ file, field }) => `${file} ${field}`)
    expect(fields).toContain('manifests/postgres/Cluster.postgres.yaml spec.imagePullSecrets[0].name')
    expect(fields).toContain(
      'manifests/postgres/Pooler.postgres-pooler-rw.yaml spec.template.spec.imagePullSecrets[0].name',
    )
    expect(fields).toContain('manifests/redis/RedisCluster.redis.yaml spec.kubernetesConfig.imagePullSecrets[0].name')
    expect(fields).toContain('manifests/agent/Deployment.deep-agents.yaml spec.template.spec.imagePullSecrets[0].name')
  })
})

describe('workload identity', () => {
  const annotations = { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/hadal' }
  const environment = soundEnvironment({
    agent: { ...agent, serviceAccountAnnotations: annotations },
    postgres: { kind: 'cnpg', maxConnections: 2000, serviceAccountAnnotations: annotations },
    backup: {
      kind: 's3',
      bucket: 'backups',
      credentials: 'workload-identity',
      serviceAccountAnnotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/backups' },
    },
    secrets: choices.secrets[1],
  })

  test('annotates the ServiceAccounts of the agents, of backups and of the database, and no other', () => {
    expect(rendered(environment, 'tenancy/ServiceAccount.deep-agents.yaml', 'metadata', 'annotations')).toMatchObject(
      annotations,
    )
    expect(rendered(environment, 'tenancy/ServiceAccount.redis.yaml', 'metadata', 'annotations')).not.toMatchObject(
      annotations,
    )
    expect(
      rendered(environment, 'tenancy/ServiceAccount.deep-agents-backup.yaml', 'metadata', 'annotations'),
    ).toMatchObject({ 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/backups' })
    expect(rendered(environment, 'postgres/Cluster.postgres.yaml', 'spec', 'serviceAccountTemplate')).toEqual({
      metadata: { annotations },
    })
  })

  test('lets backups work without static keys', () => {
    expect(
      rendered(environment, 'postgres/ObjectStore.postgres-backups.yaml', 'spec', 'configuration', 's3Credentials'),
    ).toEqual({ inheritFromIAMRole: true })
    const objects = renderEnvironment(environment)
    const secrets = objects.filter(({ kind }) => kind === 'ExternalSecret').map(({ name }) => name)
    expect(secrets.filter((name) => /^(backup|deletion)/.test(name))).toEqual([])
    expect(validateManifests(environment, objects)).toEqual([])
  })

  test("lets the database's pods exchange their identity at a public address or with EKS Pod Identity, also if the bucket is elsewhere", () => {
    const ends = {
      bucket: { address: '10.20.0.5' },
      public: { address: '8.8.8.8' },
      podIdentity: { address: '169.254.170.23' },
      metadata: { address: '169.254.169.254' },
    }
    const connections = (credentials: 'keys' | 'workload-identity') =>
      allowedConnections(
        soundEnvironment({
          cluster: { operators: 'present', apiServerAddresses: ['192.0.2.32/32'] },
          backup: {
            kind: 's3',
            bucket: 'backups',
            credentials,
            endpoint: 's3.internal',
            destination: { kind: 'addresses', cidrs: ['10.20.0.5/32'], ports: [443] },
          },
        }),
        'egress',
        { ends, ports: [80, 443] },
      )['Cluster postgres']
    expect(connections('keys')).toEqual(['bucket:443/TCP'])
    expect(connections('workload-identity')).toEqual(['bucket:443/TCP', 'public:443/TCP', 'podIdentity:80/TCP'])
  })
})
