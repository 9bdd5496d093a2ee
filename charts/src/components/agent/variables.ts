import type { SettingVariable } from '@hadal/platform/container-variables'
import type { Environment } from '@hadal/platform/environment'
import { ports, secretFile, secretFileVariable } from '@hadal/platform/names'
import { type SecretReference, type SecretUser, secretsOf } from '@hadal/platform/secret-table'
import type { EnvVar } from 'kubernetes-types/core/v1.d.ts'

/** The variables that bear no secret. What is `undefined` is not written: the server's default holds. */
export function settingVariables(environment: Environment) {
  const { agent, limits, postgres, tracing } = environment
  const { pool } = postgres
  return {
    // Each Deployment says its own.
    ROLE: undefined,
    PORT: String(ports.http),
    METRICS_PORT: String(ports.metrics),
    LOG_LEVEL: agent.logLevel,
    // The image knows where its own agents and documents are.
    AGENTS_CONFIG: undefined,
    DOCUMENTS_FOLDER: undefined,
    HOST: undefined,

    DATABASE_POOL_SIZE: String(pool.size),
    DATABASE_POOL_OVERFLOW: String(pool.overflow),
    DATABASE_POOL_TIMEOUT_SECONDS: String(pool.timeoutSeconds),
    DATABASE_POOL_RECYCLE_SECONDS: String(pool.recycleSeconds),
    DATABASE_POOL_PRE_PING: String(pool.prePing),
    DATABASE_STATEMENT_TIMEOUT_SECONDS: undefined,

    WORKER_CONCURRENCY: String(agent.runsPerPod),
    RUN_LIMIT_STEPS: String(limits.runSteps),
    RUN_LIMIT_SECONDS: String(limits.runSeconds),
    BODY_LIMIT_BYTES: String(limits.bodyBytes),

    DRAIN_SECONDS: String(agent.drainSeconds),
    DRAIN_SERVE_SECONDS: undefined,

    LANGSMITH_TRACING: String(tracing.kind === 'langsmith'),
    LANGSMITH_PROJECT: tracing.kind === 'langsmith' ? tracing.project : undefined,
  } satisfies Record<SettingVariable, string | undefined>
}

/** The variables that name a secret's file, for a container that acts as these users: exactly the files that it mounts. */
export function secretVariables(environment: Environment, users: readonly SecretUser[]): EnvVar[] {
  const files = new Map(
    users
      .flatMap((user) => secretsOf(environment, user))
      .flatMap(({ variable }) => (variable ? [secretFileVariable(variable)] : [])),
  )
  return [...files].map(([name, value]) => ({ name, value }))
}

/** A migration has one address alone, and takes it for every purpose: the server itself, as the role that may change tables. */
export function migrationVariables({ postgres }: Environment): EnvVar[] {
  const reference: SecretReference =
    postgres.kind === 'external' ? 'db-credentials/owner-url' : 'db-credentials/direct-url'
  return [{ name: 'DATABASE_URL_FILE', value: secretFile(reference) }]
}
