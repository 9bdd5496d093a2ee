import { z } from 'zod'
import { Release } from './release.ts'
import { Access } from './schema/access.ts'
import { Agent } from './schema/agent.ts'
import { Agents } from './schema/agent-values.ts'
import { BatchFiles } from './schema/batch-files.ts'
import { Certificates } from './schema/certificates.ts'
import { Cluster, Repository } from './schema/cluster.ts'
import { Destination } from './schema/destination.ts'
import { Backup, Retention } from './schema/durability.ts'
import { Escalation } from './schema/escalation.ts'
import { Exposure } from './schema/exposure.ts'
import { Approvals, Budgets, Cache, Limits, Validation } from './schema/guards.ts'
import { Models } from './schema/models.ts'
import { Slo, Tracing } from './schema/observability.ts'
import { Postgres } from './schema/postgres.ts'
import { Redis } from './schema/redis.ts'
import { Sandbox } from './schema/sandbox.ts'
import { Cpu, DnsLabel, Memory, WebOrigin } from './schema/scalars.ts'
import { Secrets } from './schema/secrets.ts'

/** ResourceQuota of the namespace. It must admit the pods and resources that `largestScaleOut()` computes. */
export const Quota = z.strictObject({
  requests: z.strictObject({ cpu: Cpu, memory: Memory }),
  limits: z.strictObject({ cpu: Cpu, memory: Memory }),
  pods: z.int().min(1),
})

/**
 * Configuration of one environment: one namespace on one cluster. Everything that Hadal renders or creates is a function of this object.
 * The defaults are those of the production guide. Rules across fields are in `invariants/`.
 */
export const Environment = z.strictObject({
  /** Name of the environment. It equals the name of its folder under `environments/`. */
  name: DnsLabel,
  /** Whether mistakes in this environment hurt people. If so, TLS, backups, more than one instance and closed access are required. */
  protected: z.boolean(),
  /** Whether the environment is for development only, so that connections may have no TLS. Never together with `protected`. */
  development: z.boolean().default(false),
  namespace: DnsLabel,
  repository: Repository,
  release: Release,
  cluster: Cluster,
  /**
   * Whether nodes need credentials to pull images. If so, every pod names the Secret `registry-credentials`, which is created from the secret store
   * like the others.
   */
  imagePullSecret: z.boolean().default(false),
  agent: Agent,
  agents: Agents.default({}),
  quota: Quota,
  postgres: Postgres,
  redis: Redis,
  secrets: Secrets,
  exposure: Exposure,
  /**
   * Destinations, by name, to which agents and a `custom` sign-in may connect in addition to public addresses at port 443: an internal API, an MCP
   * server, another port. They belong to the environment, because all agents run in the same pods.
   */
  egress: z.record(DnsLabel, Destination).default({}),
  /**
   * CA certificates, by name, that the server and its agents trust in addition to the public ones: for a gateway, an API, Redis, a collector or an
   * OpenID Connect issuer with a certificate of a private CA.
   */
  trustedCertificates: z.record(DnsLabel, Certificates).default({}),
  access: Access.default({ kind: 'open' }),
  /**
   * Whether the contents of threads, runs and store items are encrypted in the database and in Redis. `required`: with the first key of the Secret
   * `encryption-keys`, without which no server starts.
   */
  encryption: z.enum(['off', 'required']).default('off'),
  /**
   * Origins of web pages whose scripts may call the API (CORS), such as `https://app.example.com`. The origins in `http.cors` of langgraph.json are
   * allowed too.
   */
  corsOrigins: z.array(WebOrigin).default([]),
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
  escalation: Escalation.prefault({}),
  retention: Retention.prefault({}),
  backup: Backup.default({ kind: 'none' }),
})
/** An environment with every default filled in. */
export type Environment = z.infer<typeof Environment>
/** An environment as `config.ts` writes it: fields with a default are optional. */
export type EnvironmentInput = z.input<typeof Environment>
