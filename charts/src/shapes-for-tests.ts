import { defineEnvironment } from '@hadal/platform/define-environment'
import type { Environment, EnvironmentInput } from '@hadal/platform/environment'
import { soundInput } from '@hadal/platform/environment-for-tests'
import { pairwise } from './pairwise-for-tests.ts'

const workload = <const Kind extends 'none' | 'cpu' | 'queue'>(kind: Kind) => ({ autoscaling: { kind } })
const ingress = {
  kind: 'ingress',
  host: 'agents.example.com',
  className: 'public',
  controllerNamespace: 'ingress',
  issuer: { kind: 'ClusterIssuer', name: 'acme' },
} as const
const database = {
  kind: 'external' as const,
  host: 'db.example.com',
  addresses: ['192.0.2.0/28'],
  maxConnections: 2000,
}
const redis = { kind: 'external' as const, host: 'redis.example.com', addresses: ['192.0.2.16/28'] }

export const sandbox: Extract<EnvironmentInput['sandbox'], { kind: 'agent-sandbox' }> = {
  kind: 'agent-sandbox',
  image: `registry.example.com/sandbox@sha256:${'2'.repeat(64)}`,
  apiServerAddresses: ['192.0.2.32/32'],
  runtimeClass: 'gvisor',
}

/** Every kind of everything that an environment chooses between. */
export const choices = {
  protected: [false, true],
  cluster: [{ operators: 'present' }, { operators: 'managed' }],
  agent: [
    { topology: 'together', all: workload('none') },
    { topology: 'together', all: workload('cpu') },
    { topology: 'together', all: workload('queue') },
    { topology: 'split', api: workload('none'), worker: workload('cpu') },
    { topology: 'split', api: workload('cpu'), worker: workload('queue') },
    { topology: 'split', api: workload('cpu'), worker: workload('none') },
  ],
  postgres: [
    { kind: 'cnpg', maxConnections: 2000 },
    { kind: 'cnpg', maxConnections: 2000, instances: 1, storage: { size: '1Gi', class: 'fast' } },
    { kind: 'standalone', maxConnections: 2000 },
    { ...database, readHost: 'read.example.com', privateCa: true },
  ],
  redis: [
    { kind: 'standalone' },
    { kind: 'cluster' },
    { kind: 'cluster', masters: 5, replicasPerMaster: 2, storage: { size: '4Gi', class: 'fast' } },
    { ...redis, mode: 'single' },
    { ...redis, mode: 'cluster', tls: false },
  ],
  secrets: [
    { kind: 'pulumi' },
    { kind: 'external-secrets', store: { kind: 'ClusterSecretStore', name: 'store' }, path: 'hadal/test' },
    { kind: 'external-secrets', store: { kind: 'SecretStore', name: 'store' }, path: 'hadal/test' },
  ],
  exposure: [
    { kind: 'internal', clientNamespaces: ['one', 'two'] },
    { kind: 'internal' },
    { kind: 'gateway', host: 'agents.example.com', gateway: { name: 'public', namespace: 'gateways' } },
    ingress,
    { ...ingress, issuer: { kind: 'Issuer', name: 'acme' }, tls: false },
  ],
  tracing: [
    { kind: 'none' },
    { kind: 'langsmith', project: 'agents' },
    { kind: 'otlp', endpoint: 'https://collector.monitoring.svc:4318' },
  ],
  sandbox: [{ kind: 'none' }, sandbox],
  batch: [{ kind: 'none' }, { kind: 'volume', size: '20Gi', class: 'shared' }],
  backup: [{ kind: 'none' }, { kind: 's3', bucket: 'backups', endpoint: 's3.example.com' }],
  budgets: [{}, { run: { tokens: 500_000 }, thread: { usd: 2.5 }, tenantPerDay: { tokens: 20_000_000, usd: 100 } }],
} as const satisfies { readonly [Field in keyof EnvironmentInput]?: readonly EnvironmentInput[Field][] }

type Chosen = { [Field in keyof typeof choices]: (typeof choices)[Field][number] }

/** A field that is refused, as its sentence begins. */
export type Refusal = string

/**
 * The fields that are refused of a combination, which may be in part: what platform's rules and the charts say, written down here a second
 * time from the requirements.
 */
export function refusals(chosen: Partial<Chosen>): Refusal[] {
  const { postgres, redis: cache, exposure, backup } = chosen
  const found: Refusal[] = []
  // Backups of other kinds of database come later.
  if (backup?.kind === 's3' && postgres && postgres.kind !== 'cnpg') found.push('backup.kind = "s3"')
  if (chosen.protected !== true) return found
  if (postgres?.kind === 'standalone') found.push('postgres.kind = "standalone"')
  // It must have backups, and those of an external database come later.
  if (postgres?.kind === 'external') found.push('backup.kind = "s3"')
  if (postgres && 'instances' in postgres) found.push('postgres.instances = 1')
  if (cache?.kind === 'standalone') found.push('redis.kind = "standalone"')
  if (cache && 'tls' in cache) found.push('redis.tls = false')
  if (backup?.kind === 'none') found.push('backup.kind = "none"')
  if (exposure?.kind === 'internal' && !('clientNamespaces' in exposure)) found.push('exposure.clientNamespaces = []')
  // Nobody is let in unknown, and the server can't know anybody yet.
  if (exposure?.kind === 'gateway' || exposure?.kind === 'ingress') found.push('access.kind = "open"')
  if (exposure && 'tls' in exposure) found.push('exposure.tls = false')
  return [...new Set(found)]
}

/** What a combination leaves open is as this. */
export const restOf = (chosen: Partial<Chosen>): EnvironmentInput =>
  ({
    ...soundInput,
    ...(chosen.protected && {
      redis: choices.redis[3],
      backup: choices.backup[1],
      exposure: choices.exposure[0],
    }),
    ...chosen,
  }) as EnvironmentInput

export interface Shape {
  /** Every choice, for the title of a test. */
  readonly said: string
  readonly environment: Environment
}

/** A set in which every two choices that may stand together do; each an environment of its own, as on one cluster. */
export const shapes: readonly Shape[] = pairwise(choices, (chosen) => refusals(chosen).length === 0).map(
  (chosen, index) => ({
    said: Object.values(chosen)
      .map((choice) => JSON.stringify(choice))
      .join(' '),
    environment: defineEnvironment({ ...restOf(chosen), name: `shape-${index}`, namespace: `hadal-shape-${index}` }),
  }),
)

/** All that an environment may have beside its agent, at once. */
export const withEverything: Environment = defineEnvironment(
  restOf({
    postgres: choices.postgres[0],
    redis: choices.redis[1],
    exposure: ingress,
    backup: choices.backup[1],
    agent: choices.agent[4],
    budgets: choices.budgets[1],
    sandbox,
    batch: choices.batch[1],
  }),
)
