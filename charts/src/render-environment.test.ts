import { Environment, type EnvironmentInput } from '@hadal/platform/environment'
import { expect, test } from 'vitest'
import { allowedKinds } from './components/argocd.ts'
import { soundEnvironment, soundInput } from './environment-for-tests.ts'
import { pairwise } from './pairwise-for-tests.ts'
import { renderEnvironment } from './render-environment.ts'
import { manifestProblemSentence } from './validate/manifest-problem.ts'
import { validateManifests } from './validate/validate-manifests.ts'

const workload = (kind: 'none' | 'cpu') => ({ autoscaling: { kind } })

/** Every choice of the schema that is rendered today. */
const rendered = {
  agent: [
    { topology: 'together', all: workload('none') },
    { topology: 'together', all: workload('cpu') },
    { topology: 'split', api: workload('none'), worker: workload('cpu') },
    { topology: 'split', api: workload('cpu'), worker: workload('none') },
  ],
  postgres: [
    { kind: 'cnpg', maxConnections: 2000 },
    { kind: 'cnpg', maxConnections: 2000, instances: 1, storage: { size: '1Gi', class: 'fast' } },
    { kind: 'standalone', maxConnections: 2000 },
    { kind: 'external', host: 'db.example.com', readHost: 'read.example.com', addresses: ['192.0.2.0/28'] },
  ],
  redis: [
    { kind: 'standalone' },
    { kind: 'external', mode: 'single', host: 'redis.example.com', addresses: ['192.0.2.16/28'] },
    { kind: 'external', mode: 'cluster', host: 'redis.example.com', addresses: ['192.0.2.16/28'], tls: false },
  ],
  secrets: [
    { kind: 'pulumi' },
    { kind: 'external-secrets', store: { kind: 'ClusterSecretStore', name: 'store' }, path: 'hadal/test' },
  ],
  exposure: [
    { kind: 'internal' },
    { kind: 'internal', clientNamespaces: ['one', 'two'] },
    { kind: 'gateway', host: 'agents.example.com', gateway: { name: 'public', namespace: 'gateways' } },
    {
      kind: 'ingress',
      host: 'agents.example.com',
      className: 'public',
      controllerNamespace: 'ingress',
      issuer: { kind: 'ClusterIssuer', name: 'acme' },
    },
    {
      kind: 'ingress',
      host: 'agents.example.com',
      className: 'public',
      controllerNamespace: 'ingress',
      issuer: { kind: 'Issuer', name: 'acme' },
      tls: false,
    },
  ],
  tracing: [{ kind: 'none' }, { kind: 'langsmith', project: 'agents' }],
  backup: [{ kind: 'none' }, { kind: 's3', bucket: 'backups', endpoint: 's3.example.com' }],
  protected: [false, true],
} as const satisfies { readonly [Field in keyof EnvironmentInput]?: readonly EnvironmentInput[Field][] }

/** Rules across fields are platform's matter: here it counts that each shape that parses is rendered. */
const parsed = (change: Partial<EnvironmentInput>): Environment => Environment.parse({ ...soundInput, ...change })

// Backups of other kinds of database come later, and are refused: see below.
const shapes = pairwise(rendered)
  .map((change) => (change.postgres.kind === 'cnpg' ? change : { ...change, backup: { kind: 'none' } as const }))
  .map((change) => ({
    change,
    said: Object.values(change)
      .map((choice) => JSON.stringify(choice))
      .join(' '),
  }))

test.each(shapes)('every rule is content with $said', ({ change }) => {
  const environment = parsed(change)
  const objects = renderEnvironment(environment)
  expect(validateManifests(environment, objects).map(manifestProblemSentence)).toEqual([])
  const allowed = new Set(allowedKinds.map(({ kind }): string => kind))
  const kinds = objects.filter(({ component }) => component !== 'argocd').map(({ kind }) => kind)
  expect(kinds.filter((kind) => !allowed.has(kind))).toEqual([])
})

test.each<[string, string, Partial<EnvironmentInput>]>([
  ['redis.kind', '"cluster"', { redis: { kind: 'cluster' } }],
  ['tracing.kind', '"otlp"', { tracing: { kind: 'otlp', endpoint: 'http://collector.monitoring.svc:4318' } }],
  [
    'agent.all.autoscaling.kind',
    '"queue"',
    { agent: { topology: 'together', all: { autoscaling: { kind: 'queue' } } } },
  ],
  [
    'agent.worker.autoscaling.kind',
    '"queue"',
    { agent: { topology: 'split', api: workload('cpu'), worker: { autoscaling: { kind: 'queue' } } } },
  ],
  ['access.kind', '"api-keys"', { access: { kind: 'api-keys' } }],
  ['access.kind', '"oidc"', { access: { kind: 'oidc', issuer: 'https://id.example.com', audience: 'agents' } }],
  ['budgets.tenantPerDay', '{ usd: 5 }', { budgets: { tenantPerDay: { usd: 5 } } }],
  ['backup.kind', '"s3"', { postgres: { kind: 'standalone' }, backup: { kind: 's3', bucket: 'backups' } }],
])('%s = %s comes later, which is said with what to use now', (field, value, change) => {
  expect(() => renderEnvironment(parsed(change))).toThrow(
    `The environment test can't be rendered yet:\n- ${field} = ${value}: Rendering it comes later. `,
  )
})

test('all that comes later is said at once', () => {
  const both = parsed({ redis: { kind: 'cluster' }, tracing: { kind: 'otlp', endpoint: 'http://collector.svc:4318' } })
  expect(() => renderEnvironment(both)).toThrow(/redis\.kind[\s\S]*tracing\.kind/)
})

test('the same environment gives the same files, and is left as it was', () => {
  const environment = soundEnvironment()
  const before = JSON.stringify(environment)
  const files = () => renderEnvironment(environment).map(({ path, text }) => [path, text])
  expect(files()).toEqual(files())
  expect(JSON.stringify(environment)).toBe(before)
})

test('every object has a wave, its labels and a file of its own', () => {
  const objects = renderEnvironment(soundEnvironment())
  for (const { object, path } of objects) {
    expect(object.metadata.annotations, path).toHaveProperty('argocd.argoproj.io/sync-wave')
    expect(object.metadata.labels, path).toMatchObject({
      'app.kubernetes.io/instance': 'test',
      'app.kubernetes.io/part-of': 'hadal',
    })
  }
  expect(new Set(objects.map(({ path }) => path)).size).toBe(objects.length)
})
