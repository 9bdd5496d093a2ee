import { describe, expect, it } from 'vitest'
import { sentencesAbout, soundInput, soundProtectedInput } from '../fixtures/example-environment.ts'

const external = { host: 'db.example.com', addresses: ['192.0.2.0/28'] }
const gateway = { kind: 'gateway', host: 'agents.example.com', gateway: { name: 'public', namespace: 'gateways' } }
const replicas = (count: number, minAvailable = 1) => ({
  topology: 'together',
  all: { autoscaling: { kind: 'none', replicas: count }, minAvailable },
})

/** Changes that only a protected environment rejects, each with the field and value of the error. */
const refused: readonly [title: string, change: object, path: string][] = [
  ['no backups', { backup: { kind: 'none' } }, 'backup.kind = "none"'],
  ['one agent pod', { agent: replicas(1, 0) }, 'agent.all.autoscaling.replicas = 1'],
  ['a database of one instance', { postgres: { ...soundInput.postgres, instances: 1 } }, 'postgres.instances = 1'],
  ['one pooler', { postgres: { ...soundInput.postgres, pooler: { instances: 1 } } }, 'postgres.pooler.instances = 1'],
  ['open access behind a Gateway', { exposure: gateway }, 'access.kind = "open"'],
  [
    'open access behind an Ingress',
    {
      exposure: {
        kind: 'ingress',
        host: 'agents.example.com',
        className: 'public',
        controllerNamespace: 'ingress',
        issuer: { kind: 'ClusterIssuer', name: 'public' },
      },
    },
    'access.kind = "open"',
  ],
  ['an internal API without client namespaces', { exposure: { kind: 'internal' } }, 'exposure.clientNamespaces = []'],
  ['agents without approvals', { approvals: { enabled: false } }, 'approvals.enabled = false'],
  ['no input validation', { validation: { enabled: false } }, 'validation.enabled = false'],
]

/** Changes that remove TLS from a connection, each with the field and value of the error. */
const withoutTls: readonly [title: string, change: object, path: string][] = [
  [
    'an API without TLS',
    { exposure: { ...gateway, tls: false }, access: { kind: 'api-keys' } },
    'exposure.tls = false',
  ],
  ['a standalone database', { postgres: { kind: 'standalone', maxConnections: 1000 } }, 'postgres.kind = "standalone"'],
  [
    'an external database without TLS',
    { postgres: { kind: 'external', ...external, tls: 'disable' } },
    'postgres.tls = "disable"',
  ],
  ['a standalone Redis', { redis: { kind: 'standalone' } }, 'redis.kind = "standalone"'],
  ['an external Redis without TLS', { redis: { ...soundProtectedInput.redis, tls: false } }, 'redis.tls = false'],
  [
    'traces without TLS',
    { tracing: { kind: 'otlp', endpoint: 'http://traces.example.com' } },
    'tracing.endpoint = "http://traces.example.com"',
  ],
]

describe('a protected environment', () => {
  it('is accepted if it is valid', () => {
    expect(sentencesAbout(soundProtectedInput)).toEqual([])
  })

  it.each(refused)('rejects %s', (_title, change, path) => {
    const sentences = sentencesAbout({ ...soundProtectedInput, ...change })
    expect(sentences.map((sentence) => sentence.startsWith(`${path}: `))).toContain(true)
  })

  it.each([
    ['a Gateway with API keys', { exposure: gateway, access: { kind: 'api-keys' } }],
    ['an external database with TLS', { postgres: { kind: 'external', ...external } }],
    ['a Redis cluster', { redis: { kind: 'cluster' } }],
    ['two pods of which one is kept', { agent: replicas(2) }],
    ['two instances of the database', { postgres: { ...soundInput.postgres, instances: 2 } }],
  ])('accepts %s', (_title, change) => {
    expect(sentencesAbout({ ...soundProtectedInput, ...change })).toEqual([])
  })
})

describe('an environment that is for development', () => {
  it.each(withoutTls)('accepts %s', (_title, change) => {
    expect(sentencesAbout({ ...soundInput, ...change, access: { kind: 'open' } })).toEqual([])
  })

  it('can not be protected', () => {
    expect(sentencesAbout({ ...soundProtectedInput, development: true })).toEqual([
      'development = true: Must be false in a protected environment. Remove it, or set protected to false.',
    ])
  })
})

describe.each([
  ['protected', soundProtectedInput],
  ['neither protected nor for development', { ...soundProtectedInput, protected: false }],
  ['without the field development', { ...soundProtectedInput, protected: false, development: undefined }],
])('an environment that is %s', (_marks, input) => {
  it.each(withoutTls)('rejects %s', (_title, change, path) => {
    const sentences = sentencesAbout({ ...input, ...change })
    expect(sentences.map((sentence) => sentence.startsWith(`${path}: `))).toContain(true)
  })

  it.each([
    ['an external database with TLS', { postgres: { kind: 'external', ...external } }],
    ['a Redis cluster', { redis: { kind: 'cluster' } }],
    ['traces with TLS', { tracing: { kind: 'otlp', endpoint: 'https://traces.example.com' } }],
  ])('accepts %s', (_title, change) => {
    expect(sentencesAbout({ ...input, ...change })).toEqual([])
  })
})

describe('an environment that is not protected', () => {
  it.each(refused)('accepts %s', (_title, change) => {
    expect(sentencesAbout({ ...soundInput, ...change })).toEqual([])
  })
})
