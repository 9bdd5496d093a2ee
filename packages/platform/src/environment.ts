import { z } from 'zod'
import { Release } from './release.ts'
import { Agent } from './schema/agent.ts'
import { BatchFiles } from './schema/batch-files.ts'
import { Cluster, Repository } from './schema/cluster.ts'
import { Backup, Retention } from './schema/durability.ts'
import { Access, Exposure } from './schema/exposure.ts'
import { Approvals, Budgets, Cache, Limits, Validation } from './schema/guards.ts'
import { Models } from './schema/models.ts'
import { Slo, Tracing } from './schema/observability.ts'
import { Postgres } from './schema/postgres.ts'
import { Redis } from './schema/redis.ts'
import { Sandbox } from './schema/sandbox.ts'
import { Cpu, DnsLabel, Memory } from './schema/scalars.ts'
import { Secrets } from './schema/secrets.ts'

/** What the namespace may take in all. It must admit what `largestScaleOut()` counts. */
export const Quota = z.strictObject({
  requests: z.strictObject({ cpu: Cpu, memory: Memory }),
  limits: z.strictObject({ cpu: Cpu, memory: Memory }),
  pods: z.int().min(1),
})

/**
 * One environment: one namespace on one cluster. Everything that Hadal renders or makes is a function of this object.
 * Defaults are those of the production guide. Rules across fields stand in `invariants/`.
 */
export const Environment = z.strictObject({
  /** Equals the name of its folder under `environments/`. */
  name: DnsLabel,
  /** Whether mistakes here hurt people: asks for TLS, backups, more than one instance and no open access. */
  protected: z.boolean(),
  namespace: DnsLabel,
  repository: Repository,
  release: Release,
  cluster: Cluster,
  agent: Agent,
  quota: Quota,
  postgres: Postgres,
  redis: Redis,
  secrets: Secrets,
  exposure: Exposure,
  access: Access.default({ kind: 'open' }),
  models: Models,
  cache: Cache.prefault({}),
  limits: Limits.prefault({}),
  budgets: Budgets.prefault({}),
  approvals: Approvals.prefault({}),
  validation: Validation.prefault({}),
  sandbox: Sandbox.default({ kind: 'none' }),
  batch: BatchFiles.default({ kind: 'none' }),
  tracing: Tracing.default({ kind: 'none' }),
  slo: Slo.prefault({}),
  retention: Retention.prefault({}),
  backup: Backup.default({ kind: 'none' }),
})
/** An environment with every default filled in. */
export type Environment = z.infer<typeof Environment>
/** What `config.ts` writes. */
export type EnvironmentInput = z.input<typeof Environment>
