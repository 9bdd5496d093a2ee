import type { EnvironmentInput } from '@hadal/platform/environment'
import { soundEnvironment } from '@hadal/platform/fixtures/example-environment'
import { expect, test } from 'vitest'
import { neededOperators } from './needed-operators.ts'

const needed = (change: Partial<EnvironmentInput>) =>
  neededOperators(soundEnvironment({ cluster: { operators: 'managed' }, ...change }))
const standalone = { kind: 'standalone', maxConnections: 1000 } as const

test('each operator comes with what it is for, and with that alone', () => {
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

test('where another installs them, none is needed', () => {
  expect(needed({ cluster: { operators: 'present' } })).toEqual([])
})

test('the operator that publishes no manifests is refused, with what to do', () => {
  expect(() => needed({ redis: { kind: 'cluster' } })).toThrow('set cluster.operators to "present"')
})
