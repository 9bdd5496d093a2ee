import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { createRedactor, type Redactor } from '@hadal/middleware/redactor'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { AgentPlatform } from './agents/agent-platform.ts'
import type { LoadedAgents } from './agents/loaded-agent.ts'
import { createSandboxes, type Sandboxes } from './create-sandboxes.ts'
import { httpApp } from './http/http-app.ts'
import { type Listening, listen } from './http/listen.ts'
import { metricsApp } from './http/metrics-app.ts'
import { createInputValidation } from './input-validation.ts'
import { loadedSecrets } from './loaded-secrets.ts'
import { createMetrics } from './metrics.ts'
import { agentModels } from './models/agent-models.ts'
import { createModelMetrics } from './models/model-metrics.ts'
import { observeRun } from './observe-run.ts'
import { createRedisParts } from './redis-parts.ts'
import { ApprovalExpiry } from './runs/approval-expiry.ts'
import { Worker } from './runs/worker.ts'
import { setUpSpending } from './set-up-spending.ts'
import { startTracing } from './start-tracing.ts'
import { DatabaseLedger } from './store/approval-ledger.ts'
import type { VerifiedTls } from './store/database-connection.ts'
import { DatabasePool } from './store/database-pool.ts'
import { migrations } from './store/migrations/migrations.ts'
import { Notifications } from './store/notifications.ts'
import { migratedTo } from './store/queries/migrated-to.ts'
import { queueDatabase } from './store/queue-database.ts'
import { openRedis } from './store/redis/open-redis.ts'
import type { RedisConnection } from './store/redis/redis-connection.ts'
import { queueSchema } from './store/run-queue.ts'
import { TenantStore } from './store/tenant-store.ts'
import { ThreadSaver } from './store/thread-saver.ts'
import type { Tracing } from './telemetry/tracing.ts'

/** How soon a death is noticed after its lease has run out, and how often pg-boss clears what it keeps. */
const superviseSeconds = 2
const clearSeconds = 300
/** What is left of the drain for closing connections. */
const closeWithinMs = 2_000
/** Whose runs are until there is sign-in. */
const tenant = 'default'

export interface RunningServer {
  readonly port: number
  readonly metricsPort: number
  /** Ids of the graphs that it serves. */
  readonly graphs: readonly string[]
  /** What SIGTERM does: resolves when nothing is left of the server. */
  drain(): Promise<void>
}

const version = (): string => {
  const { version: written }: { version: string } = JSON.parse(
    readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
  )
  return written
}

/** What the database's connections must have, of every process of the program. */
export const databaseTls = ({
  DATABASE_TLS,
  DATABASE_CA_FILE,
}: Pick<ContainerVariables, 'DATABASE_TLS' | 'DATABASE_CA_FILE'>): VerifiedTls | undefined =>
  DATABASE_TLS === 'verify' ? { caFile: DATABASE_CA_FILE } : undefined

/**
 * @param load builds the agents with what the server lends them
 * @throws Error with one sentence for what keeps the server from starting; nothing of it is left then
 */
export async function startServer(
  variables: ContainerVariables,
  load: (platform: AgentPlatform) => Promise<LoadedAgents>,
  log: Logger,
  redactor: Redactor = createRedactor(loadedSecrets(variables)),
): Promise<RunningServer> {
  const applicationName = `hadal ${variables.ROLE}`
  const pool = new DatabasePool(
    {
      connectionString: variables.DATABASE_URL,
      tls: databaseTls(variables),
      size: variables.DATABASE_POOL_SIZE,
      overflow: variables.DATABASE_POOL_OVERFLOW,
      timeoutSeconds: variables.DATABASE_POOL_TIMEOUT_SECONDS,
      recycleSeconds: variables.DATABASE_POOL_RECYCLE_SECONDS,
      prePing: variables.DATABASE_POOL_PRE_PING,
      statementTimeoutSeconds: variables.DATABASE_STATEMENT_TIMEOUT_SECONDS,
      applicationName,
    },
    (error) => log.warn({ err: error }, 'database_connection_lost'),
  )
  const directUrl = variables.DATABASE_DIRECT_URL ?? variables.DATABASE_URL
  const notifications = new Notifications(
    directUrl,
    applicationName,
    (error) => log.warn({ err: error }, 'listener_lost'),
    databaseTls(variables),
  )
  const works = variables.ROLE !== 'api'
  const boss = new PgBoss({
    db: queueDatabase(pool),
    schema: queueSchema,
    migrate: false,
    supervise: works,
    schedule: false,
    registerInstance: false,
    superviseIntervalSeconds: superviseSeconds,
    monitorIntervalSeconds: superviseSeconds,
    maintenanceIntervalSeconds: clearSeconds,
  })
  boss.on('error', (error) => log.warn({ err: error }, 'queue_error'))
  const metrics = createMetrics(pool)
  const spending = setUpSpending(variables, tenant, pool, metrics.registry, log)
  const validation = createInputValidation(variables, metrics.registry, log)
  const closing = new AbortController()
  const listening: Listening[] = []
  let draining = false
  let worker: Worker | undefined
  let tracing: Tracing | undefined
  let redis: RedisConnection | undefined
  let approvalExpiry: ApprovalExpiry | undefined
  let sandboxes: Sandboxes | undefined

  const release = async (): Promise<void> => {
    closing.abort()
    await Promise.all(listening.map((one) => one.close(closeWithinMs)))
    await boss.stop({ graceful: false, close: false })
    await notifications.stop()
    redis?.close()
    await sandboxes?.close()
    await pool.end()
    await tracing?.stop()
  }

  try {
    tracing = await startTracing(variables, version(), log)
    redis = await openRedis(variables, log)
    const { requestLimit, ...onRedis } = createRedisParts(variables, redis, metrics.registry, tenant)
    sandboxes = createSandboxes(variables, metrics.registry, log)
    await checkMigrated(pool)
    await notifications.start()
    await boss.start()
    const approvals = {
      enabled: variables.APPROVALS_ENABLED,
      expirySeconds: variables.APPROVAL_EXPIRY_SECONDS,
      ledger: new DatabaseLedger(pool, metrics.approvals),
    }
    const models = await agentModels(variables, createModelMetrics(metrics.registry))
    const store = new TenantStore(pool, tenant)
    const agents = await load({
      log,
      registry: metrics.registry,
      pool,
      ...onRedis,
      store,
      sandboxes: sandboxes.lent,
      batchFolder: variables.BATCH_FOLDER,
      approvals,
      validation,
      models,
      budgets: spending.budgets,
    })
    for (const { graph } of agents.values()) {
      graph.checkpointer = new ThreadSaver(pool)
      graph.store = store
    }
    const context = {
      pool,
      boss,
      notifications,
      agents,
      log,
      redactor,
      instanceId: randomUUID(),
      tenant,
      onDecision: metrics.approvals.decided,
    }
    if (works) {
      approvalExpiry = new ApprovalExpiry(context, variables.APPROVAL_EXPIRY_SECONDS)
      worker = new Worker(context, {
        concurrency: variables.WORKER_CONCURRENCY,
        limits: { steps: variables.RUN_LIMIT_STEPS, seconds: variables.RUN_LIMIT_SECONDS },
        observe: observeRun({ log, metrics, redactor, tracing, tenant, spending }),
        onEnd: metrics.runEnded,
      })
    }
    const app = httpApp({
      ...context,
      bodyLimitBytes: variables.BODY_LIMIT_BYTES,
      version: version(),
      isDraining: () => draining,
      closing: closing.signal,
      servesRuns: variables.ROLE !== 'worker',
      onAnswer: metrics.answered,
      tracing,
      validation,
      requestLimit,
      redisAnswers: redis?.answers,
    })
    const api = await listen(app, variables.PORT, 'the API (PORT)', variables.HOST)
    listening.push(api)
    const measured = await listen(
      metricsApp(metrics.registry),
      variables.METRICS_PORT,
      'metrics (METRICS_PORT)',
      variables.HOST,
    )
    listening.push(measured)
    worker?.start()
    approvalExpiry?.start()
    return {
      port: api.port,
      metricsPort: measured.port,
      graphs: [...agents.keys()],
      async drain() {
        draining = true
        const withinMs = variables.DRAIN_SECONDS * 1_000
        const expiryStopped = approvalExpiry?.stop()
        const drained = worker?.drain(Math.max(withinMs - closeWithinMs, 0))
        await Promise.all([drained, expiryStopped, pause(variables.DRAIN_SERVE_SECONDS * 1_000)])
        await release()
      },
    }
  } catch (error) {
    await release()
    throw error
  }
}

async function checkMigrated(pool: DatabasePool): Promise<void> {
  const wanted = migrations.at(-1)?.version ?? 0
  const found = await migratedTo(pool)
  if (found >= wanted) return
  throw new Error(
    `The database is at version ${found} of its tables, and this server needs ${wanted}. Run "hadal-runtime migrate" first.`,
  )
}
