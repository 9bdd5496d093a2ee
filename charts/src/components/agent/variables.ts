import type { SettingVariable } from '@hadal/platform/container-variables'
import { databaseClusters } from '@hadal/platform/database-clusters'
import { hasOwnerAddress } from '@hadal/platform/database-roles'
import type { Environment } from '@hadal/platform/environment'
import { memoryShares } from '@hadal/platform/memory-shares'
import { archiveFolder, ports, secretFile, secretFileVariable } from '@hadal/platform/names'
import { memoryBytes } from '@hadal/platform/quantity'
import { type SecretUser, secretsOf } from '@hadal/platform/secret-table'
import type { k8s } from 'cdk8s-plus-28'
import type { NamedWorkload } from '../../agent-deployments.ts'
import { batchFolder } from './batch-volume.ts'

/** Formats an amount in plain digits. JavaScript would write small numbers as `1e-7`. */
const written = (amount: number | undefined): string | undefined =>
  amount === undefined ? undefined : amount.toFixed(9).replace(/\.?0+$/, '')

/** Environment variables of the server's container that are not secret. Undefined ones are left out, because the server has defaults. */
export function settingVariables(environment: Environment) {
  const { agent, agents, approvals, budgets, limits, models, postgres, retention, sandbox, tracing, validation } =
    environment
  const { pool } = postgres
  return {
    // Each Deployment sets this variable.
    ROLE: undefined,
    PROVIDER_KEYS: environment.protected ? 'encrypted' : 'plain',
    PORT: String(ports.http),
    METRICS_PORT: String(ports.metrics),
    LOG_LEVEL: agent.logLevel,
    // The image sets this variable.
    AGENTS_CONFIG: undefined,
    AGENT_SETTINGS: json(agents),
    AGENT_SECRETS_FOLDER: undefined,
    DOCUMENTS_FOLDER: undefined,
    HOST: undefined,

    DATABASE_TLS: databaseHasTls(environment) ? 'verify' : 'off',
    DATABASE_CA_FILE: databaseAuthority(environment),
    DATABASE_POOL_SIZE: String(pool.size),
    DATABASE_POOL_OVERFLOW: String(pool.overflow),
    DATABASE_POOL_TIMEOUT_SECONDS: String(pool.timeoutSeconds),
    DATABASE_POOL_RECYCLE_SECONDS: String(pool.recycleSeconds),
    DATABASE_POOL_PRE_PING: String(pool.prePing),
    DATABASE_PREPARED_STATEMENTS: postgres.kind === 'external' && !postgres.preparedStatements ? 'off' : 'on',
    DATABASE_STATEMENT_TIMEOUT_SECONDS: undefined,
    DATABASE_READ_LAG_SECONDS: undefined,

    CHECKPOINT_RETENTION_DAYS: String(retention.checkpointDays),
    CHECKPOINT_KEEP_LATEST: String(retention.keepLatestOnly),
    CHECKPOINT_KEEP_TURNS: String(retention.keepTurns),
    THREAD_TTL_MINUTES: retention.threads && String(retention.threads.minutes),
    THREAD_TTL_STRATEGY: retention.threads?.strategy,
    EVENT_RETENTION_MINUTES: String(retention.eventMinutes),
    AUDIT_RETENTION_DAYS: String(retention.auditDays),

    // Workers need it too: `share` decides how the items of a user are named in the store.
    ACCESS: signIn(environment),
    ENCRYPTION: environment.encryption === 'off' ? undefined : environment.encryption,

    WORKER_CONCURRENCY: String(agent.runsPerPod),
    // Set in `serverVariables`, because it depends on the memory of the container.
    SUSPECT_MEMORY_MEBIBYTES: undefined,
    RUN_LIMIT_STEPS: String(limits.runSteps),
    RUN_LIMIT_SECONDS: String(limits.runSeconds),
    BODY_LIMIT_BYTES: String(limits.bodyBytes),
    METADATA_LIMIT_BYTES: String(limits.metadataBytes),
    EVENT_LIMIT_BYTES: String(limits.eventBytes),
    TENANT_LIMIT_RUNNING: written(limits.concurrentRunsPerTenant),
    USER_LIMIT_RUNNING: written(limits.concurrentRunsPerUser),
    TENANT_LIMIT_WAITING: written(limits.queuedRunsPerTenant),
    USER_LIMIT_WAITING: written(limits.queuedRunsPerUser),
    TENANT_LIMIT_STREAMS: written(limits.streamsPerTenant),
    USER_LIMIT_STREAMS: written(limits.streamsPerUser),
    CORS_ALLOW_ORIGINS: environment.corsOrigins.join(',') || undefined,
    ALLOWED_HOSTS: undefined,

    REDIS_MODE: isRedisCluster(environment) ? 'cluster' : 'standalone',
    REDIS_TLS: redisHasTls(environment) ? 'verify' : 'off',
    // Set in `serverVariables`, because a migration does not use Redis and does not mount this file.
    REDIS_CA_FILE: undefined,
    REDIS_TIMEOUT_MILLISECONDS: undefined,
    CACHE_TTL_SECONDS: String(environment.cache.enabled ? environment.cache.ttlSeconds : 0),
    REQUEST_LIMIT_PER_MINUTE: String(limits.requestsPerMinute),
    REQUEST_LIMIT_BURST: String(limits.burst),
    TENANT_LIMIT_REQUESTS_PER_MINUTE: written(limits.requestsPerMinutePerTenant),
    // The proxies of a Gateway or an Ingress append the client's address. A client inside the cluster could forge it.
    TRUSTED_PROXIES: environment.exposure.kind === 'internal' ? undefined : String(environment.exposure.trustedProxies),

    BUDGET_WARN_SESSION_TOKENS: String(budgets.warnSessionTokens),
    BUDGET_RUN_TOKENS: written(budgets.run?.tokens),
    BUDGET_RUN_USD: written(budgets.run?.usd),
    BUDGET_THREAD_TOKENS: written(budgets.thread?.tokens),
    BUDGET_THREAD_USD: written(budgets.thread?.usd),
    BUDGET_TENANT_DAY_TOKENS: written(budgets.tenantPerDay?.tokens),
    BUDGET_TENANT_DAY_USD: written(budgets.tenantPerDay?.usd),
    BUDGET_USER_DAY_TOKENS: written(budgets.userPerDay?.tokens),
    BUDGET_USER_DAY_USD: written(budgets.userPerDay?.usd),

    VALIDATION: validation.enabled ? validation.onFinding : 'off',

    APPROVALS_ENABLED: String(approvals.enabled),
    APPROVAL_EXPIRY_SECONDS: String(approvals.expireHours * 3_600),

    MODEL_DEFAULT: models.default,
    MODEL_FALLBACKS: models.fallbacks.join(',') || undefined,
    MODEL_ROUTING: models.routing && JSON.stringify(models.routing),
    MODEL_PRICES: json(models.prices),
    MODEL_PROVIDERS: cloudProviders(environment),
    MODEL_PACKAGES: json(models.packages),
    ANTHROPIC_BASE_URL: models.providers.anthropic?.baseUrl,
    OPENAI_BASE_URL: models.providers.openai?.baseUrl,
    OPENAI_API: models.providers.openai?.api,
    MODEL_FIRST_BYTE_SECONDS: undefined,
    MODEL_IDLE_SECONDS: undefined,
    MODEL_CALL_SECONDS: undefined,

    SANDBOX: sandbox.kind,
    SANDBOX_COMMAND_SECONDS: sandbox.kind === 'agent-sandbox' ? String(sandbox.commandSeconds) : undefined,
    SANDBOX_IDLE_SECONDS: sandbox.kind === 'agent-sandbox' ? String(sandbox.idleMinutes * 60) : undefined,
    SANDBOX_READY_SECONDS: undefined,
    SANDBOX_NAMESPACE: sandbox.kind === 'agent-sandbox' ? environment.namespace : undefined,
    SANDBOX_WARM_POOL: undefined,
    SANDBOX_CREDENTIALS: undefined,
    SANDBOX_API_URL: undefined,
    // The socket of a container engine is never mounted into a pod.
    SANDBOX_DOCKER_SOCKET: undefined,
    SANDBOX_IMAGE: undefined,
    BATCH_FOLDER: environment.batch.kind === 'volume' ? batchFolder : undefined,

    ...backupVariables(environment),
    // Set on the container of the drill only.
    DRILL_DATABASE_URL: undefined,
    DATABASE_RECOVERY: recoveryText(environment),

    DRAIN_SECONDS: String(agent.drainSeconds),
    DRAIN_SERVE_SECONDS: undefined,

    LANGSMITH_TRACING: String(tracing.kind === 'langsmith'),
    LANGSMITH_PROJECT: tracing.kind === 'langsmith' ? tracing.project : undefined,
    LANGSMITH_ENDPOINT: tracing.kind === 'langsmith' ? tracing.endpoint : undefined,
    OTEL_EXPORTER_OTLP_ENDPOINT: tracing.kind === 'otlp' ? tracing.endpoint : undefined,
    OTEL_TRACES_SAMPLER_ARG: tracing.kind === 'otlp' ? String(tracing.sampleRatio) : undefined,
  } satisfies Record<SettingVariable, string | undefined>
}

/** Name of the recovered Cluster that serves, and the time of its recovery. */
function recoveryText(environment: Environment): string | undefined {
  const serving = databaseClusters(environment).find(({ serves }) => serves)
  return serving?.recovery && `${serving.name}@${serving.recovery.to}`
}

/** Settings of backups, of restore drills and of the log of deletions. */
function backupVariables({ backup, name }: Environment) {
  const s3 = backup.kind === 's3' ? backup : undefined
  return {
    BACKUP_TARGET: s3 && `s3://${s3.bucket}/${archiveFolder({ name })}`,
    BACKUP_ENDPOINT: s3?.endpoint && `https://${s3.endpoint}`,
    BACKUP_REGION: s3?.region,
    BACKUP_RECIPIENTS: s3?.archive.recipients.join(',') || undefined,
    BACKUP_RETENTION_DAYS: s3 && String(s3.archive.retentionDays),
  }
}

/** JSON of a record; undefined if it is empty. */
const json = (record: Readonly<Record<string, unknown>>): string | undefined =>
  Object.keys(record).length > 0 ? JSON.stringify(record) : undefined

/** The field `access` as JSON, without the destination, which is for the NetworkPolicy only. */
const signIn = ({ access }: Environment): string => JSON.stringify({ ...access, destination: undefined })

/** Settings of the providers that have no variables of their own. The destination is for the NetworkPolicy only. */
function cloudProviders({ models }: Environment): string | undefined {
  const { anthropic: _anthropic, openai: _openai, ...clouds } = models.providers
  const settings = Object.entries(clouds).flatMap(([name, provider]) => {
    if (!provider) return []
    const { destination: _destination, ...rest } = provider
    return [[name, rest] as const]
  })
  return json(Object.fromEntries(settings))
}

/**
 * Whether connections to the database use TLS. False for a standalone database and for an external one with TLS off. Always true in a
 * protected environment.
 */
const databaseHasTls = ({ postgres }: Environment): boolean =>
  postgres.kind === 'cnpg' || (postgres.kind === 'external' && postgres.tls === 'verify-full')

/** The CA file of the database; undefined if a public authority signed its certificate. */
function databaseAuthority({ postgres }: Environment): string | undefined {
  if (postgres.kind === 'cnpg') return secretFile('postgres-ca/ca.crt')
  return postgres.kind === 'external' && postgres.privateCa ? secretFile('database-ca/ca.crt') : undefined
}

const isRedisCluster = ({ redis }: Environment): boolean =>
  redis.kind === 'cluster' || (redis.kind === 'external' && redis.mode === 'cluster')

const redisHasTls = ({ redis }: Environment): boolean =>
  redis.kind === 'cluster' || (redis.kind === 'external' && redis.tls)

/** Environment variables of a server, in addition to the settings and the files of secrets. */
export function serverVariables(
  { backup, redis }: Environment,
  { role, workload }: Pick<NamedWorkload, 'role' | 'workload'>,
): k8s.EnvVar[] {
  const logsDeletionsWithKeys = backup.kind === 's3' && backup.credentials === 'keys'
  return [
    { name: 'ROLE', value: role },
    ...(role === 'api' ? [] : memoryVariables(workload.resources.limits.memory)),
    ...(logsDeletionsWithKeys
      ? [
          { name: 'BACKUP_ACCESS_KEY_ID_FILE', value: secretFile('deletion-log-credentials/access-key-id') },
          { name: 'BACKUP_SECRET_ACCESS_KEY_FILE', value: secretFile('deletion-log-credentials/secret-access-key') },
        ]
      : []),
    ...(redis.kind === 'cluster' ? [{ name: 'REDIS_CA_FILE', value: secretFile('redis-tls/ca.crt') }] : []),
  ]
}

/** Memory limits of the server and of the child process that runs a suspect. The child overrides the heap's limit. */
function memoryVariables(limit: string): k8s.EnvVar[] {
  const { serverHeap, suspect } = memoryShares(memoryBytes(limit))
  return [
    { name: 'NODE_OPTIONS', value: `--max-old-space-size=${serverHeap}` },
    { name: 'SUSPECT_MEMORY_MEBIBYTES', value: String(suspect) },
  ]
}

/** The `…_FILE` variables of a container that acts as these users: one per mounted file. */
export function secretVariables(environment: Environment, users: readonly SecretUser[]): k8s.EnvVar[] {
  const files = new Map(
    users
      .flatMap((user) => secretsOf(environment, user))
      .flatMap(({ variable }) => (variable ? [secretFileVariable(variable)] : [])),
  )
  return [...files].map(([name, value]) => ({ name, value }))
}

/**
 * Environment variables of a migration, a backup or a restore drill, in addition to the files of its secrets. If one role does everything, the address of the
 * database without a pooler takes the place of `DATABASE_URL`.
 */
export const jobVariables = (environment: Environment): k8s.EnvVar[] =>
  hasOwnerAddress(environment) ? [] : [{ name: 'DATABASE_URL_FILE', value: secretFile('db-credentials/direct-url') }]
