import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { ports } from '@hadal/platform/names'
import { expect, test } from 'vitest'
import { rendered } from '../fixtures/rendered.ts'
import { renderEnvironment } from '../render-environment.ts'

const environment = soundEnvironment({ redis: { kind: 'cluster', masters: 3, replicasPerMaster: 2 } })
const cluster = (...field: (string | number)[]) =>
  rendered(environment, 'redis/RedisCluster.redis.yaml', 'spec', ...field)

test('a cluster has its masters and the replicas of each', () => {
  expect(cluster('clusterSize')).toBe(3)
  expect(cluster('redisLeader', 'replicas')).toBe(3)
  expect(cluster('redisFollower', 'replicas')).toBe(6)
})

test('every connection uses TLS, and the certificate contains the announced name of each node', () => {
  expect(cluster('TLS')).toMatchObject({ ca: 'ca.crt', secret: { secretName: 'redis-tls' } })
  expect(rendered(environment, 'redis/Certificate.redis-tls.yaml', 'spec', 'dnsNames')).toEqual(
    expect.arrayContaining([
      'redis-leader.hadal-test.svc',
      '*.redis-leader-headless.hadal-test.svc.cluster.local',
      '*.redis-follower-headless.hadal-test.svc.cluster.local',
    ]),
  )
})

test('its certificate comes from its own CA', () => {
  expect(rendered(environment, 'redis/Certificate.redis-tls.yaml', 'spec', 'issuerRef')).toMatchObject({
    kind: 'Issuer',
    name: 'redis-ca',
  })
  expect(rendered(environment, 'redis/Issuer.redis-ca.yaml', 'spec')).toEqual({ ca: { secretName: 'redis-ca' } })
  expect(rendered(environment, 'redis/Certificate.redis-ca.yaml', 'spec', 'isCA')).toBe(true)
})

test('password and users come from the Secret, by name', () => {
  expect(cluster('kubernetesConfig', 'redisSecret')).toEqual({ name: 'redis-credentials', key: 'password' })
  expect(cluster('acl', 'secret')).toMatchObject({
    secretName: 'redis-credentials',
    items: [{ key: 'acl', path: 'user.acl' }],
  })
})

test("its pods meet the restricted level, also the operator's own container", () => {
  for (const of of ['redisLeader', 'redisFollower', 'redisExporter', 'initContainer'])
    expect(cluster(of, 'securityContext')).toMatchObject({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    })
  expect(cluster('podSecurityContext')).toMatchObject({
    runAsNonRoot: true,
    seccompProfile: { type: 'RuntimeDefault' },
  })
})

test('the object with its data is neither pruned nor deleted', () => {
  const path = 'redis/RedisCluster.redis.yaml'
  expect(rendered(environment, path, 'metadata', 'annotations', 'argocd.argoproj.io/sync-options')).toBe(
    'Prune=false,Delete=false',
  )
  expect(cluster('storage', 'keepAfterDelete')).toBe(true)
})

test('only servers and nodes reach its port, only nodes its bus, and it reaches nothing outside', () => {
  interface Peer {
    readonly podSelector?: { readonly matchLabels: Readonly<Record<string, string>> }
    readonly namespaceSelector?: object
  }
  interface Opening {
    readonly from?: readonly Peer[]
    readonly to?: readonly Peer[]
    readonly ports: readonly { readonly port: number }[]
  }
  const policy = (...field: string[]) =>
    rendered(environment, 'tenancy/NetworkPolicy.redis.yaml', 'spec', ...field) as readonly Opening[]
  const component = 'app.kubernetes.io/component'
  const onPort = (port: number) => policy('ingress').filter((rule) => rule.ports.some((it) => it.port === port))
  const parts = (port: number) =>
    onPort(port).flatMap(({ from = [] }) => from.flatMap((peer) => peer.podSelector?.matchLabels[component] ?? []))
  expect(parts(ports.redis)).toEqual(['server', 'cache'])
  expect(parts(ports.redis + 10_000)).toEqual(['cache'])
  // DNS, and the nodes themselves.
  expect(policy('egress').flatMap((rule) => rule.ports.map(({ port }) => port))).toEqual([
    53,
    53,
    ports.redis,
    ports.redis + 10_000,
  ])
})

test('a server mounts the CA of its certificate, and neither its key nor the users', () => {
  const pod = JSON.stringify(
    rendered(environment, 'agent/Deployment.deep-agents.yaml', 'spec', 'template', 'spec', 'volumes'),
  )
  expect(pod).toContain('{"key":"ca.crt","path":"ca.crt"}')
  expect(pod).not.toMatch(/tls\.key|"acl"/)
})

test('an external Redis has no object here', () => {
  const external = soundEnvironment({
    redis: { kind: 'external', mode: 'cluster', host: 'redis.example.com', addresses: ['192.0.2.16/28'] },
  })
  expect(renderEnvironment(external).filter(({ component }) => component === 'redis')).toEqual([])
})
