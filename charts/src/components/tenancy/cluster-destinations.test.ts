import type { EnvironmentInput } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { allowedConnections, type End } from '../../fixtures/network.ts'
import { sandbox } from '../../fixtures/shapes.ts'

const openShift = {
  namespace: 'openshift-dns',
  labels: { 'dns.operator.openshift.io/daemonset-dns': 'default' },
}
const ends: Readonly<Record<string, End>> = {
  coreDns: { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } },
  kubeSystem: { namespace: 'kube-system', labels: { 'k8s-app': 'other' } },
  openShiftDns: openShift,
  nodeLocal: { address: '169.254.20.10' },
  metadata: { address: '169.254.169.254' },
  apiServer: { address: '192.0.2.32' },
  neighbour: { address: '192.0.2.33' },
  public: { address: '8.8.8.8' },
}
const probes = { ends, ports: [53, 80, 443, 5353, 6443] }
const allowed = (change: Partial<EnvironmentInput>) =>
  allowedConnections(soundEnvironment({ redis: { kind: 'cluster' }, ...change }), 'egress', probes)
const cluster = (fields: Partial<EnvironmentInput['cluster']>) => ({
  cluster: { operators: 'present' as const, ...fields },
})

/** Connections by pod, without those to the public addresses that agents reach by HTTPS. */
const withoutPublic = (connections: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(
    Object.entries(connections).map(([pod, list]) => [pod, list.filter((it) => it !== 'public:443/TCP')]),
  )

const users = [
  'Cluster postgres',
  'Deployment deep-agents',
  'Job deep-agents-migrate',
  'Pooler postgres-pooler-ro',
  'Pooler postgres-pooler-rw',
  'RedisCluster redis',
]

test.each<[string, Partial<EnvironmentInput['cluster']>, string[]]>([
  ['the usual CoreDNS, by default', {}, ['coreDns:53/TCP', 'coreDns:53/UDP']],
  [
    "OpenShift's DNS",
    { dns: [{ kind: 'pods', ...openShift, ports: [5353] }] },
    ['openShiftDns:5353/TCP', 'openShiftDns:5353/UDP'],
  ],
  [
    'NodeLocal DNSCache',
    { dns: [{ kind: 'addresses', cidrs: ['169.254.20.10/32'] }] },
    ['nodeLocal:53/TCP', 'nodeLocal:53/UDP'],
  ],
])('every pod that looks names up reaches %s, and no other resolver', (_what, fields, resolvers) => {
  const connections = withoutPublic(allowed(cluster({ ...fields, apiServerAddresses: ['203.0.113.1/32'] })))
  expect(connections).toEqual(Object.fromEntries(users.map((pod) => [pod, resolvers])))
})

const database = ['Cluster postgres', 'Pooler postgres-pooler-ro', 'Pooler postgres-pooler-rw']
const others = (connections: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(
    Object.entries(withoutPublic(connections)).flatMap(([pod, list]) => {
      const rest = list.filter((it) => !it.startsWith('coreDns:'))
      return rest.length > 0 ? [[pod, rest]] : []
    }),
  )

test("with the API server's addresses, only pods that need the API server reach it, and no address beside it", () => {
  const toApiServer = ['apiServer:443/TCP', 'apiServer:6443/TCP']
  expect(others(allowed({}))).toEqual(Object.fromEntries(database.map((pod) => [pod, toApiServer])))
  expect(others(allowed({ sandbox }))).toEqual(
    Object.fromEntries([...database, 'Deployment deep-agents'].map((pod) => [pod, toApiServer])),
  )
})

test("without the API server's addresses, pods of CloudNativePG reach every address but link-local ones at two ports", () => {
  const everywhere = ['apiServer', 'neighbour', 'public'].flatMap((end) => [`${end}:443/TCP`, `${end}:6443/TCP`])
  expect(allowed(cluster({}))['Pooler postgres-pooler-rw']).toEqual(['coreDns:53/TCP', 'coreDns:53/UDP', ...everywhere])
})
