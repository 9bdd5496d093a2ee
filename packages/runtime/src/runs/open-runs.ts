import { within } from '@hadal/middleware/within'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { Logger } from 'pino'
import type { AgentPlatform } from '../agents/agent-platform.ts'
import { agentSerializer } from '../agents/agent-serializer.ts'
import type { ListedAgents } from '../agents/loaded-agent.ts'
import { preparedAgents } from '../agents/prepared-agents.ts'
import { createApprovals } from '../approvals/create-approvals.ts'
import { createInputValidation, type PlatformValidation } from '../input-validation/create-input-validation.ts'
import { createMetrics, type Metrics } from '../metrics/create-metrics.ts'
import { createModels } from '../models/create-models.ts'
import { createRedis, type RequestLimit } from '../redis/create-redis.ts'
import { createSandboxes } from '../sandboxes/create-sandboxes.ts'
import type { Redactor } from '../secrets/create-redactor.ts'
import { createSeals, missingKeys } from '../secrets/create-seals.ts'
import { createSpending } from '../spending/create-spending.ts'
import { createQueue } from '../store/create-queue.ts'
import { DatabasePool } from '../store/database-pool.ts'
import { databaseTls } from '../store/database-tls.ts'
import { EventRows } from '../store/event-rows.ts'
import { Instance } from '../store/instance.ts'
import { migrations } from '../store/migrations/migrations.ts'
import { Notifications } from '../store/notifications.ts'
import { prepareStatements, unsupportedByPooler } from '../store/prepare-statements.ts'
import { PreparedStatements } from '../store/prepared-statements.ts'
import { migratedTo } from '../store/queries/migrated-to.ts'
import { recordSealingKey } from '../store/queries/sealing-keys.ts'
import { defaultTenant, wholeTenant } from '../store/scope.ts'
import type { TenantItems } from '../store/tenant-items.ts'
import { TenantStore } from '../store/tenant-store.ts'
import { ThreadSaver } from '../store/thread-saver.ts'
import { createLangSmithTracer } from '../tracing/create-langsmith-tracer.ts'
import { createTracing } from '../tracing/create-tracing.ts'
import type { Tracing } from '../tracing/tracing.ts'
import type { AttemptSettings } from './execute-attempt.ts'
import { logAttempts } from './log-attempts.ts'
import { observeRun } from './observe-run.ts'
import { openItems } from './open-items.ts'
import { Places } from './places.ts'
import { RunWatch } from './run-watch.ts'
import type { RunsContext } from './runs-context.ts'
import { ThreadWatch } from './thread-watch.ts'

/** Maximum time in milliseconds for which the end of the process waits for database connections that are in use. */
const poolEndWithinMs = 2_000
const behindPooler =
  'A connection pooler is between this server and PostgreSQL, so other servers can not detect the death of this one: a run whose process died ' +
  'waits until its lease expires, and no run is ever a suspect. Set DATABASE_DIRECT_URL to the address of PostgreSQL itself.'
/** Tenant of every run, because the server has no sign-in yet. */
const tenant = defaultTenant

/** Configuration and code of a process that executes runs. */
export interface RunsProgram {
  readonly variables: ContainerVariables
  /** Builds the agents with the connections and settings of this process. */
  readonly load: (platform: AgentPlatform) => Promise<ListedAgents>
  readonly log: Logger
  readonly redactor: Redactor
  /** Version of the server, for traces. */
  readonly version: string
}

/** Settings that differ between a server and the child process in which a worker executes a suspect run. */
export interface RunsPart {
  /** `application_name` of the process's database connections. */
  readonly applicationName: string
  /** Number of connections in the process's database pool. */
  readonly connections: { readonly size: number; readonly overflow: number }
  /** Whether the process listens for notifications of the database, on a separate connection. */
  readonly listens: boolean
  /** Whether the process registers as an instance on the connection that listens, so that other instances notice its death. */
  readonly registers: boolean
  /** Whether the process removes sandboxes that were unused for long. */
  readonly removesIdleSandboxes: boolean
}

/** The opened services of a process that executes runs. */
export interface OpenRuns {
  readonly context: RunsContext
  readonly instance: Instance
  /** Items of the store. */
  readonly items: TenantItems
  readonly attempts: AttemptSettings
  readonly metrics: Metrics
  readonly validation: PlatformValidation | undefined
  readonly requestLimit: RequestLimit | undefined
  /** Whether Redis answers now; undefined if no Redis is configured. */
  readonly redisAnswers: (() => Promise<boolean>) | undefined
  readonly tracing: Tracing | undefined
  /** Closes everything that `openRuns` opened. */
  close(): Promise<void>
}

/**
 * Opens the services that runs need (database, queue, Redis, models, sandboxes), and loads the agents.
 *
 * @throws Error that names what is missing; everything opened before is closed
 */
export async function openRuns(
  { variables, load, log, redactor, version }: RunsProgram,
  part: RunsPart,
): Promise<OpenRuns> {
  await using opened = new AsyncDisposableStack()
  const { applicationName } = part
  const prepared = new PreparedStatements(() => log.error({ text: unsupportedByPooler }, 'prepared_statements_off'))
  const seals = createSeals(variables)
  const pool = new DatabasePool(
    {
      connectionString: variables.DATABASE_URL,
      tls: databaseTls(variables),
      ...part.connections,
      timeoutSeconds: variables.DATABASE_POOL_TIMEOUT_SECONDS,
      recycleSeconds: variables.DATABASE_POOL_RECYCLE_SECONDS,
      prePing: variables.DATABASE_POOL_PRE_PING,
      statementTimeoutSeconds: variables.DATABASE_STATEMENT_TIMEOUT_SECONDS,
      applicationName,
      prepared,
      seals,
    },
    (error) => log.warn({ err: error }, 'database_connection_lost'),
  )
  // A statement without an answer keeps its connection for up to 30 s, which must not delay the end of the process.
  opened.defer(async () => void (await within(pool.end(), poolEndWithinMs)))
  const metrics = createMetrics(pool, tenant)
  const { registry } = metrics
  const tracing = await createTracing(variables, version, log)
  opened.defer(async () => tracing?.close())
  const langSmith = await createLangSmithTracer(variables)
  const approvals = createApprovals(variables, pool, registry)
  const spending = createSpending(variables, tenant, pool, registry, log)
  const validation = createInputValidation(variables, registry, log)
  const redis = await createRedis(variables, tenant, registry, log, seals)
  opened.defer(() => redis.close())
  const sandboxes = await createSandboxes(variables, registry, log, part.removesIdleSandboxes)
  opened.defer(() => sandboxes.close())
  const models = await createModels(variables, registry)
  const onAttemptEnd = logAttempts(log, metrics)
  const instance = new Instance(tenant, {
    onRevived: (attempts) => attempts.forEach(onAttemptEnd),
    onPooler: () => log.warn({ text: behindPooler }, 'listener_behind_pooler'),
  })
  const notifications = new Notifications({
    url: variables.DATABASE_DIRECT_URL ?? variables.DATABASE_URL,
    applicationName,
    onTrouble: (error) => log.warn({ err: error }, 'listener_lost'),
    onDropped: (error) => log.warn({ err: error }, 'notifications_dropped'),
    tls: databaseTls(variables),
    session: part.registers ? instance : undefined,
    pool,
  })
  opened.defer(() => notifications.stop())
  const boss = createQueue(pool, (error) => log.warn({ err: error }, 'queue_error'))
  opened.defer(() => boss.stop({ graceful: false, close: false }))
  await checkMigrated(pool)
  const missing = await recordSealingKey(pool, seals)
  if (missing.length > 0) throw new Error(missingKeys(missing, seals))
  const whyUnprepared = await prepareStatements(pool, prepared, variables.DATABASE_PREPARED_STATEMENTS)
  if (whyUnprepared !== undefined) log.warn({ text: whyUnprepared }, 'prepared_statements_off')
  if (part.listens) await notifications.start()
  await boss.start()
  const items = await openItems({ pool, scope: wholeTenant(tenant), variables, log })
  const store = new TenantStore(items)
  const loaded = await load({
    log,
    executesRuns: variables.ROLE !== 'api',
    registry,
    pool,
    store,
    models,
    validation,
    approvals: approvals.lent,
    budgets: spending.lent,
    cache: redis.cache,
    modelCalls: redis.modelCalls,
    sandboxes: sandboxes.lent,
    batchFolder: variables.BATCH_FOLDER,
  })
  metrics.graphsUnavailable([...loaded.values()].filter(({ problem }) => problem !== undefined).length)
  const onUnknownClass = metrics.unknownStateClass
  const agents = preparedAgents(loaded, redactor, (graph) => {
    graph.checkpointer = new ThreadSaver(pool, agentSerializer({ graph }, { onUnknownClass }))
    graph.store = store
  })
  const all = opened.move()
  return {
    context: {
      pool,
      boss,
      notifications,
      eventRows: new EventRows(pool),
      places: new Places(),
      runWatch: new RunWatch({ pool, notifications, log }),
      threadWatch: new ThreadWatch({ pool, notifications, log }),
      agents,
      log,
      redactor,
      langSmith,
      instanceId: instance.instanceId,
      scope: wholeTenant(defaultTenant),
      onAttemptEnd,
      onDecision: approvals.onDecision,
      onUnknownClass,
    },
    attempts: {
      limits: { steps: variables.RUN_LIMIT_STEPS, seconds: variables.RUN_LIMIT_SECONDS },
      observe: observeRun({ log, metrics, redactor, tracing, tenant, spending }),
      onEnd: metrics.runEnded,
    },
    instance,
    items,
    metrics,
    tracing,
    validation,
    requestLimit: redis.requestLimit,
    redisAnswers: redis.answers,
    close: () => all.disposeAsync(),
  }
}

async function checkMigrated(pool: DatabasePool): Promise<void> {
  const wanted = migrations.at(-1)?.version ?? 0
  const found = await migratedTo(pool)
  if (found >= wanted) return
  throw new Error(
    `The database schema has version ${found}, but this server needs version ${wanted}. Run "hadal-runtime migrate" first.`,
  )
}
