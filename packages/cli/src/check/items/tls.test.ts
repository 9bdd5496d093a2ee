import type { EnvironmentInput } from '@hadal/platform/environment'
import { describe, expect, test } from 'vitest'
import type { Subject } from '../checklist-item.ts'
import { changed, soundSubject, without } from '../fixtures/sound-subject.ts'
import { tls } from './tls.ts'

const problems = (subject: Subject): string[] => tls.answer(subject).missing.map(({ problem }) => problem)
const evidence = (subject: Subject): string[] => tls.answer(subject).evidence.map(({ says }) => says)
const lacks = (capability: 'databaseTls' | 'redisTls'): Subject =>
  soundSubject({ agents: (agents) => ({ ...agents, server: { ...agents.server, [capability]: false } }) })

const external = {
  kind: 'external' as const,
  host: 'db.example.com',
  addresses: ['192.0.2.0/28'],
  maxConnections: 2000,
}
const redis = {
  kind: 'external' as const,
  mode: 'single' as const,
  host: 'redis.example.com',
  addresses: ['192.0.2.0/28'],
}
const gateway = {
  kind: 'gateway',
  host: 'agents.example.com',
  gateway: { name: 'public', namespace: 'gateways' },
} as const
const ingress = {
  kind: 'ingress',
  host: 'agents.example.com',
  className: 'nginx',
  controllerNamespace: 'ingress',
  issuer: { kind: 'ClusterIssuer', name: 'ca' },
} as const
const open = (change: Partial<EnvironmentInput>, objects?: Parameters<typeof without>): Subject =>
  soundSubject({
    environment: { protected: false, development: true, backup: { kind: 'none' }, ...change },
    ...(objects && { objects: without(...objects) }),
  })

describe('TLS is missing', () => {
  test.for([
    [
      'the server can not verify PostgreSQL',
      lacks('databaseTls'),
      "The server can't yet reject a PostgreSQL server whose certificate it can't verify.",
    ],
    [
      'the pods do not require TLS to PostgreSQL',
      soundSubject({ objects: changed('ConfigMap', 'deep-agents-settings', ['data', 'DATABASE_TLS'], 'off') }),
      'Not every agent pod gets DATABASE_TLS=verify.',
    ],
    [
      'the pods do not require TLS to Redis',
      soundSubject({ objects: changed('ConfigMap', 'deep-agents-settings', ['data', 'REDIS_TLS'], 'off') }),
      'Not every agent pod gets REDIS_TLS=verify.',
    ],
    [
      'the server can not verify Redis',
      lacks('redisTls'),
      "The server can't yet reject a Redis server whose certificate it can't verify.",
    ],
    [
      'TLS to PostgreSQL is disabled',
      open({ postgres: { ...external, tls: 'disable' } }),
      'postgres.tls is "disable".',
    ],
    ['TLS to Redis is disabled', open({ redis: { ...redis, tls: false } }), 'redis.tls is false.'],
    ['TLS is disabled at the Gateway', open({ exposure: { ...gateway, tls: false } }), 'exposure.tls is false.'],
    ['TLS is disabled at the Ingress', open({ exposure: { ...ingress, tls: false } }), 'exposure.tls is false.'],
    [
      'nothing creates the certificate',
      open({ exposure: ingress }, ['Certificate', 'deep-agents-tls']),
      'Nothing creates the certificate of agents.example.com.',
    ],
    ['the route is missing', open({ exposure: gateway }, ['HTTPRoute', 'deep-agents']), 'There is no HTTPRoute.'],
    [
      'the Redis cluster has no certificate',
      soundSubject({
        environment: { redis: { kind: 'cluster' } },
        objects: changed('RedisCluster', 'redis', ['spec', 'TLS'], undefined),
      }),
      'RedisCluster redis has no certificate (spec.TLS).',
    ],
    [
      'the pods lack the CA certificate',
      soundSubject({
        objects: changed(
          'Deployment',
          'deep-agents',
          ['spec', 'template', 'spec', 'containers', 0, 'volumeMounts'],
          [],
        ),
      }),
      "Deployment deep-agents does not mount postgres-ca, so it can't verify the certificate.",
    ],
    [
      'an internal API has an Ingress',
      soundSubject({
        objects: (objects) => [
          ...objects,
          ...open({ exposure: ingress }).objects.filter(({ kind }) => kind === 'Ingress'),
        ],
      }),
      'Ingress deep-agents exposes the API, although exposure.kind is "internal".',
    ],
  ] as const)('if %s', ([, subject, sentence]) => {
    expect(problems(subject)).toEqual([sentence])
  })
})

describe('TLS holds', () => {
  test.for([
    ['an external database', open({ postgres: external }), 'postgres.tls is "verify-full" (default)'],
    [
      'a Gateway',
      open({ exposure: gateway }),
      'Requests arrive at listener "https" of Gateway gateways/public, which terminates TLS',
    ],
    ['an Ingress', open({ exposure: ingress }), 'The Ingress controller terminates TLS for agents.example.com'],
    ['a Redis cluster', open({ redis: { kind: 'cluster' } }), 'Redis has a certificate'],
    [
      'a database with a private CA',
      open({ postgres: { ...external, privateCa: true } }),
      'The pods have the CA certificate for PostgreSQL',
    ],
    ['an API that is not exposed', soundSubject(), 'The API is not exposed outside the cluster; inside, it uses HTTP'],
  ] as const)('with %s', ([, subject, says]) => {
    expect(problems(subject)).toEqual([])
    expect(evidence(subject)).toContain(says)
  })
})

test('names a model provider that is reached by plain HTTP, which the configuration allows', () => {
  const notes = (baseUrl: string, plainHttp: boolean) => {
    const destination = {
      kind: 'pods' as const,
      namespace: 'platform',
      labels: { app: 'litellm' },
      ports: [4000],
      plainHttp,
    }
    const models = { providers: { openai: { baseUrl, destination } }, default: 'openai:a' }
    const answer = tls.answer(soundSubject({ environment: { models } }))
    expect(answer.missing).toEqual([])
    return answer.notes
  }
  expect(notes('https://litellm.platform.svc:4000', true)).toEqual([])
  expect(notes('http://litellm.platform.svc:4000', true)).toEqual([
    'Prompts, responses and the key go to http://litellm.platform.svc:4000 without TLS, as models.providers.openai.destination allows.',
  ])
})

test('standalone data services have no TLS, which is a note: only an environment for development can have them', () => {
  const { missing, notes } = tls.answer(
    open({ postgres: { kind: 'standalone', maxConnections: 2000 }, redis: { kind: 'standalone' } }),
  )
  expect(missing).toEqual([])
  expect(notes).toEqual([
    'PostgreSQL of kind "standalone" has no TLS, which development: true allows. "cnpg" and "external" have TLS.',
    'Redis of kind "standalone" has no TLS, which development: true allows. "cluster" and "external" have TLS.',
  ])
})
