import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { rendered } from '../fixtures/rendered.ts'
import { sandbox } from '../fixtures/shapes.ts'
import { renderEnvironment } from '../render-environment.ts'
import { allowedKinds, sandboxKinds } from './argocd.ts'

const wave = (application: string, environment = soundEnvironment()) =>
  rendered(
    environment,
    `argocd/Application.hadal-test-${application}.yaml`,
    'metadata',
    'annotations',
    'argocd.argoproj.io/sync-wave',
  )

test('components sync in the order of their dependencies', () => {
  const all = soundEnvironment({
    secrets: { kind: 'external-secrets', store: { kind: 'SecretStore', name: 'store' }, path: 'hadal/test' },
  })
  const waves = ['tenancy', 'secrets', 'postgres', 'redis', 'agent', 'observability'].map((name) => wave(name, all))
  expect(waves).toEqual(['-3', '-3', '-2', '-2', '0', '1'])
  expect(
    rendered(all, 'argocd/AppProject.hadal-test.yaml', 'metadata', 'annotations', 'argocd.argoproj.io/sync-wave'),
  ).toBe('-4')
})

test('a component without objects has no Application, since Argo CD would find no folder', () => {
  const bare = soundEnvironment({
    postgres: { kind: 'external', host: 'db.example.com', addresses: ['192.0.2.0/28'] },
    redis: { kind: 'external', mode: 'single', host: 'redis.example.com', addresses: ['192.0.2.16/28'] },
    secrets: { kind: 'pulumi' },
  })
  const applications = renderEnvironment(bare).filter(({ kind }) => kind === 'Application')
  expect(applications.map(({ name }) => name)).toEqual([
    'hadal-test-agent',
    'hadal-test-observability',
    'hadal-test-tenancy',
  ])
})

test('an Application syncs its own folder automatically and reverts manual changes', () => {
  expect(rendered(soundEnvironment(), 'argocd/Application.hadal-test-agent.yaml')).toMatchObject({
    metadata: { namespace: 'argocd' },
    spec: {
      project: 'hadal-test',
      source: { path: 'environments/test/manifests/agent', targetRevision: 'main' },
      destination: { namespace: 'hadal-test' },
      syncPolicy: {
        automated: { prune: true, selfHeal: true },
        syncOptions: expect.arrayContaining(['CreateNamespace=false', 'ServerSideApply=true']),
      },
    },
  })
})

test('the project allows no kind that grants rights or is cluster-wide', () => {
  const granting = /Role|Binding|Secret$|ServiceAccountToken|Webhook|Namespace|CustomResourceDefinition/
  expect(allowedKinds.filter(({ kind }) => granting.test(kind) && kind !== 'ExternalSecret')).toEqual([])
  expect(rendered(soundEnvironment(), 'argocd/AppProject.hadal-test.yaml', 'spec')).toMatchObject({
    clusterResourceWhitelist: [],
    destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'hadal-test' }],
  })
})

test('only an environment with sandboxes allows their kinds and the Role for claims', () => {
  const list = (environment = soundEnvironment()) =>
    rendered(environment, 'argocd/AppProject.hadal-test.yaml', 'spec', 'namespaceResourceWhitelist')
  expect(list()).toEqual(allowedKinds)
  expect(list(soundEnvironment({ sandbox }))).toEqual([...allowedKinds, ...sandboxKinds])
  expect(wave('sandbox', soundEnvironment({ sandbox }))).toBe('-2')
})

test('objects with data are neither pruned nor deleted', () => {
  const keep = 'Prune=false,Delete=false'
  const option = (environment: ReturnType<typeof soundEnvironment>, path: string) =>
    rendered(environment, path, 'metadata', 'annotations', 'argocd.argoproj.io/sync-options')
  expect(option(soundEnvironment(), 'postgres/Cluster.postgres.yaml')).toBe(keep)
  const standalone = soundEnvironment({ postgres: { kind: 'standalone', maxConnections: 2000 } })
  expect(option(standalone, 'postgres/PersistentVolumeClaim.postgres-data.yaml')).toBe(keep)
  expect(option(standalone, 'postgres/StatefulSet.postgres.yaml')).toBe(keep)
})
