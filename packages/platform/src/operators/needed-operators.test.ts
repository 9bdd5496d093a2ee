import { expect, test } from 'vitest'
import type { EnvironmentInput } from '../environment.ts'
import { soundEnvironment } from '../fixtures/example-environment.ts'
import { neededOperators } from './needed-operators.ts'

const needed = (change: Partial<EnvironmentInput>) =>
  neededOperators(soundEnvironment({ cluster: { operators: 'managed' }, ...change }))
const standalone = { kind: 'standalone', maxConnections: 1000 } as const

test('installs each operator only with the configuration that needs it', () => {
  expect(needed({ postgres: standalone })).toEqual(['prometheus-operator'])
  expect(needed({})).toEqual(['prometheus-operator', 'cloudnative-pg'])
  expect(needed({ backup: { kind: 's3', bucket: 'backups' } })).toEqual([
    'prometheus-operator',
    'cert-manager',
    'cloudnative-pg',
    'plugin-barman-cloud',
  ])
  expect(
    needed({
      postgres: standalone,
      secrets: { kind: 'external-secrets', store: { kind: 'SecretStore', name: 'vault' }, path: 'hadal' },
      agent: { topology: 'together', all: { autoscaling: { kind: 'queue' } } },
      exposure: {
        kind: 'ingress',
        host: 'agents.example.com',
        className: 'public',
        controllerNamespace: 'ingress',
        issuer: { kind: 'ClusterIssuer', name: 'public' },
      },
    }),
  ).toEqual(['prometheus-operator', 'cert-manager', 'external-secrets', 'keda'])
})

test('needs no operators if they are already installed', () => {
  expect(needed({ cluster: { operators: 'present' } })).toEqual([])
})

test('installs the redis-operator for a Redis cluster, after cert-manager, which creates its certificates', () => {
  expect(needed({ postgres: standalone, redis: { kind: 'cluster' } })).toEqual([
    'prometheus-operator',
    'cert-manager',
    'redis-operator',
  ])
})
