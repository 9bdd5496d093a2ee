import { defineEnvironment } from '@hadal/platform/define-environment'
import type { Environment, EnvironmentInput } from '@hadal/platform/environment'
import { unreleasedDigest } from '@hadal/platform/release'

/** An environment that nothing is wrong with, with room for one field to be changed at a time. */
export const soundInput = {
  name: 'test',
  protected: false,
  namespace: 'hadal-test',
  repository: { url: 'https://git.example.com/platform/hadal.git' },
  release: { image: { repository: 'registry.example.com/hadal/deep-agents', digest: unreleasedDigest } },
  cluster: { operators: 'present' },
  agent: { topology: 'together', all: { autoscaling: { kind: 'none', replicas: 2 } } },
  quota: { requests: { cpu: '200', memory: '400Gi' }, limits: { cpu: '800', memory: '800Gi' }, pods: 500 },
  postgres: { kind: 'cnpg', maxConnections: 2000 },
  redis: { kind: 'standalone' },
  secrets: { kind: 'pulumi' },
  exposure: { kind: 'internal', clientNamespaces: ['clients'] },
  models: { providers: { anthropic: {} }, default: 'anthropic:a-model' },
} as const satisfies EnvironmentInput

/** A database that somebody else runs. */
export const externalPostgres = {
  kind: 'external',
  host: 'db.example.com',
  addresses: ['192.0.2.0/28'],
  maxConnections: 2000,
} as const satisfies EnvironmentInput['postgres']

/** The same, protected, with everything that this program makes. */
export const soundProtectedInput = {
  ...soundInput,
  protected: true,
  postgres: externalPostgres,
  redis: { kind: 'external', mode: 'single', host: 'redis.example.com', addresses: ['192.0.2.0/28'] },
  backup: { kind: 's3', bucket: 'backups' },
} as const satisfies EnvironmentInput

/** The sound environment with some of its fields replaced. */
export const soundEnvironment = (change: Partial<EnvironmentInput> = {}): Environment =>
  defineEnvironment({ ...soundInput, ...change })
