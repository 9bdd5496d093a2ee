import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { ports } from '@hadal/platform/names'
import { expect, test } from 'vitest'
import { allowedConnections, type End } from '../../fixtures/network.ts'
import { rendered } from '../../fixtures/rendered.ts'
import { renderEnvironment } from '../../render-environment.ts'
import { podsOf } from '../../validate/pods.ts'

const recovery = { from: 'postgres', to: '2025-01-31T10:15:00Z', name: 'postgres-2' }
const environment = (fields: object) =>
  soundEnvironment({
    postgres: { kind: 'cnpg', maxConnections: 2000, ...fields },
    backup: { kind: 's3', bucket: 'backups' },
    agent: { topology: 'split', api: { autoscaling: { kind: 'cpu' } }, worker: { autoscaling: { kind: 'cpu' } } },
  })
const beside = environment({ recovery })
const over = environment({ recovery: { ...recovery, serves: true } })
const finished = environment({ recovered: [recovery] })

const spec = (of: typeof beside, name: string, ...field: (string | number)[]) =>
  rendered(of, `postgres/Cluster.${name}.yaml`, 'spec', ...field)

test('a recovered Cluster begins from the archive of another one at a point in time, with the same database and owner', () => {
  for (const of of [beside, over, finished]) {
    expect(spec(of, 'postgres-2', 'bootstrap')).toEqual({
      recovery: {
        source: 'postgres',
        database: 'deep_agents',
        owner: 'deep_agents',
        secret: { name: 'db-credentials' },
        recoveryTarget: { targetTime: recovery.to },
      },
    })
    expect(spec(of, 'postgres-2', 'externalClusters')).toEqual([
      {
        name: 'postgres',
        plugin: {
          name: 'barman-cloud.cloudnative-pg.io',
          parameters: { barmanObjectName: 'postgres-backups', serverName: 'postgres' },
        },
      },
    ])
  }
  const latest = environment({ recovery: { ...recovery, to: 'latest' } })
  expect(spec(latest, 'postgres-2', 'bootstrap', 'recovery', 'recoveryTarget')).toBeUndefined()
})

test('a recovered Cluster writes to an archive with its own name, and the first Cluster to the one that it always had', () => {
  expect(spec(beside, 'postgres-2', 'plugins', 0, 'parameters')).toEqual({
    barmanObjectName: 'postgres-backups',
    serverName: 'postgres-2',
  })
  expect(spec(beside, 'postgres', 'plugins', 0, 'parameters')).toEqual({ barmanObjectName: 'postgres-backups' })
  expect(rendered(beside, 'postgres/ScheduledBackup.postgres-2.yaml', 'spec', 'cluster', 'name')).toBe('postgres-2')
})

/** Pods of an environment that the servers can reach at PostgreSQL's port, and that accept the servers. */
function reached(of: typeof beside): string[] {
  const pods = podsOf({ objects: renderEnvironment(of) })
  const end = ({ labels }: { readonly labels: Readonly<Record<string, string>> }): End => ({
    namespace: of.namespace,
    labels,
  })
  const databases = pods.filter(({ maker }) => ['Cluster', 'Pooler'].includes(maker.kind))
  const servers = pods.filter(({ maker }) => maker.kind === 'Deployment')
  const [server] = servers
  if (!server) throw new Error('No server is rendered.')
  const named = databases.map((pod) => [`${pod.maker.kind} ${pod.maker.name}`, end(pod)] as const)
  const opened = allowedConnections(of, 'egress', { ends: Object.fromEntries(named), ports: [ports.postgres] })
  const accepted = allowedConnections(of, 'ingress', { ends: { server: end(server) }, ports: [ports.postgres] })
  return named
    .map(([name]) => name)
    .filter((name) => {
      const [out, into] = [
        opened[`Deployment ${server.maker.name}`]?.includes(`${name}:5432/TCP`) === true,
        accepted[name]?.includes('server:5432/TCP') === true,
      ]
      expect(out, `${name} is open on one side only`).toBe(into)
      return into
    })
    .sort()
}

test('the servers reach the Cluster that serves and its poolers, and no other', () => {
  const old = ['Cluster postgres', 'Pooler postgres-pooler-ro', 'Pooler postgres-pooler-rw']
  const fresh = ['Cluster postgres-2', 'Pooler postgres-2-pooler-ro', 'Pooler postgres-2-pooler-rw']
  expect(reached(beside)).toEqual(old)
  expect(reached(over)).toEqual(fresh)
  expect(reached(finished)).toEqual(fresh)
})

test('the instances of one Cluster do not reach those of the other, and each pooler reaches its own', () => {
  const pods = podsOf({ objects: renderEnvironment(beside) })
  const ends = Object.fromEntries(
    pods
      .filter(({ maker }) => maker.kind === 'Cluster')
      .map(({ maker, labels }) => [maker.name, { namespace: beside.namespace, labels }]),
  )
  const opened = allowedConnections(beside, 'egress', { ends, ports: [ports.postgres] })
  expect(opened['Cluster postgres']).toEqual(['postgres:5432/TCP'])
  expect(opened['Cluster postgres-2']).toEqual(['postgres-2:5432/TCP'])
  expect(opened['Pooler postgres-2-pooler-rw']).toEqual(['postgres-2:5432/TCP'])
})

test('the Services and the CA certificate of the servers are those of the Cluster that serves', () => {
  const selectors = (of: typeof beside) =>
    ['postgres', 'postgres-direct', 'postgres-read'].map((name) =>
      rendered(of, `postgres/Service.${name}.yaml`, 'spec', 'selector'),
    )
  expect(selectors(beside)).toEqual([
    { 'cnpg.io/poolerName': 'postgres-pooler-rw' },
    { 'cnpg.io/cluster': 'postgres', 'cnpg.io/instanceRole': 'primary' },
    { 'cnpg.io/poolerName': 'postgres-pooler-ro' },
  ])
  expect(selectors(over)).toEqual([
    { 'cnpg.io/poolerName': 'postgres-2-pooler-rw' },
    { 'cnpg.io/cluster': 'postgres-2', 'cnpg.io/instanceRole': 'primary' },
    { 'cnpg.io/poolerName': 'postgres-2-pooler-ro' },
  ])
  const volumes = (of: typeof beside) =>
    JSON.stringify(rendered(of, 'agent/Deployment.deep-agents.yaml', 'spec', 'template', 'spec', 'volumes'))
  expect(volumes(beside)).toContain('"secretName":"postgres-ca"')
  expect(volumes(over)).toContain('"secretName":"postgres-2-ca"')
  expect(volumes(over)).not.toContain('"secretName":"postgres-ca"')
})

test('the migration of a recovered database knows its recovery, and reads the log of deletions as a backup does', () => {
  const setting = (of: typeof beside) =>
    rendered(of, 'agent/ConfigMap.deep-agents-settings.yaml', 'data', 'DATABASE_RECOVERY')
  expect([beside, over, finished].map(setting)).toEqual([
    undefined,
    'postgres-2@2025-01-31T10:15:00Z',
    'postgres-2@2025-01-31T10:15:00Z',
  ])
  const pod = (of: typeof beside) => rendered(of, 'agent/Job.deep-agents-migrate.yaml', 'spec', 'template', 'spec')
  expect(pod(beside)).toMatchObject({ serviceAccountName: 'deep-agents' })
  expect(pod(over)).toMatchObject({ serviceAccountName: 'deep-agents-backup' })
  expect(JSON.stringify(pod(beside))).not.toContain('backup-credentials')
  expect(JSON.stringify(pod(over))).toContain('BACKUP_SECRET_ACCESS_KEY_FILE')
  const ends = { storage: { address: '8.8.8.8' } }
  const opened = (of: typeof beside) =>
    allowedConnections(of, 'egress', { ends, ports: [443] })['Job deep-agents-migrate']
  expect(opened(beside) ?? []).toEqual([])
  expect(opened(over)).toEqual(['storage:443/TCP'])
})

test('the certificate of each Cluster contains the names of the Services', () => {
  for (const name of ['postgres', 'postgres-2'])
    expect(spec(beside, name, 'certificates', 'serverAltDNSNames')).toEqual(
      expect.arrayContaining([
        'postgres.hadal-test.svc',
        'postgres-direct.hadal-test.svc',
        'postgres-read.hadal-test.svc',
      ]),
    )
})

test('Argo CD keeps a recovered Cluster as it keeps the first one, and may create all its kinds', () => {
  expect(rendered(beside, 'postgres/Cluster.postgres-2.yaml', 'metadata', 'annotations')).toMatchObject({
    'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
  })
  const allowed = JSON.stringify(
    rendered(beside, 'argocd/AppProject.hadal-test.yaml', 'spec', 'namespaceResourceWhitelist'),
  )
  const kinds = renderEnvironment(beside)
    .filter(({ component }) => component === 'postgres')
    .map(({ kind }) => kind)
  for (const kind of new Set(kinds)) expect(allowed).toContain(`"kind":"${kind}"`)
})

test('metrics and alerts are those of the Cluster that serves', () => {
  const monitored = (of: typeof beside) =>
    rendered(of, 'observability/PodMonitor.postgres.yaml', 'spec', 'selector', 'matchExpressions', 0, 'values')
  expect(monitored(beside)).toEqual(['postgres'])
  expect(monitored(over)).toEqual(['postgres-2'])
})
