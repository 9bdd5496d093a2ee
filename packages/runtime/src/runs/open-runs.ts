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
import { databaseTls } from '../store/database-tls.ts'
import { eventRowsOf } from '../store/event-rows.ts'
import { Instance } from '../store/instance.ts'
import { migrations } from '../store/migrations/migrations.ts'
import { Notifications } from '../store/notifications.ts'
import { prepareStatements, unsupportedByPooler } from '../store/prepare-statements.ts'
import { PreparedStatements } from '../store/prepared-statements.ts'
import { migratedTo } from '../store/queries/migrated-to.ts'
import { newestRestore } from '../store/queries/restores.ts'
import { recordSealingKey } from '../store/queries/sealing-keys.ts'
import { requireCompleteDatabase } from '../store/queries/unfinished-restore.ts'
import { defaultTenant, type Scope, wholeTenant } from '../store/scope.ts'
import type { TenantItems } from '../store/tenant-items.ts'
import { ThreadSaver } from '../store/thread-saver.ts'
import type { Queryable } from '../store/transaction.ts'
import { createLangSmithTracer } from '../tracing/create-langsmith-tracer.ts'
import { createTracing } from '../tracing/create-tracing.ts'
import type { Tracing } from '../tracing/tracing.ts'
import { currentRun } from './active-run.ts'
import { checkRoles } from './check-roles.ts'
import type { AttemptSettings } from './execute-attempt.ts'
import { logAttempts } from './log-attempts.ts'
import type { Loops } from './loops.ts'
import { observeRun } from './observe-run.ts'
import { openItems } from './open-items.ts'
import { listenerAddress, openPools } from './open-pools.ts'
import { Places } from './places.ts'
import type { RunActor } from './run-actor.ts'
import { runStores } from './run-stores.ts'
import { RunWatch } from './run-watch.ts'
import type { RunsContext } from './runs-context.ts'
import { tenantLimits } from './tenant-limits.ts'
import { ThreadWatch } from './thread-watch.ts'

const behindPooler =
  'A connection pooler is between this server and PostgreSQL, so other servers can not detect the death of this one: a run whose process died ' +
  'waits until its lease expires, and no run is ever a suspect. Set DATABASE_DIRECT_URL to the address of PostgreSQL itself.'

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
  readonly loops: Loops
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
  const database = openPools(variables, part, prepared, seals, log)
  const { pool, pools } = database
  opened.defer(() => database.close())
  const metrics = createMetrics(pool, database.loops)
  const { registry } = metrics
  const tracing = await createTracing(variables, version, log)
  opened.defer(async () => tracing?.close())
  const langSmith = await createLangSmithTracer(variables)
  const approvals = createApprovals(variables, pools, database.loops, registry)
  const spending = createSpending(variables, pool, database.loops, registry, log)
  const validation = createInputValidation(variables, registry, log)
  const sandboxes = await createSandboxes(variables, registry, log, part.removesIdleSandboxes)
  opened.defer(() => sandboxes.close())
  const models = await createModels(variables, registry)
  const onAttemptEnd = logAttempts(log, metrics)
  const instance = new Instance({
    onRevived: (attempts) => attempts.forEach(onAttemptEnd),
    onPooler: () => log.warn({ text: behindPooler }, 'listener_behind_pooler'),
  })
  const notifications = new Notifications({
    url: listenerAddress(variables),
    applicationName,
    onTrouble: (error) => log.warn({ err: error }, 'listener_lost'),
    onDropped: (error) => log.warn({ err: error }, 'notifications_dropped'),
    tls: databaseTls(variables),
    session: part.registers ? instance : undefined,
    pool,
  })
  opened.defer(() => notifications.stop())
  const boss = createQueue(database.loops, (error) => log.warn({ err: error }, 'queue_error'))
  opened.defer(() => boss.stop({ graceful: false, close: false }))
  await requireCompleteDatabase(database.loops)
  await checkMigrated(pool)
  const restore = await newestRestore(pools.of(defaultTenant))
  const redis = await createRedis(variables, defaultTenant, registry, log, seals, restore?.restore_id)
  opened.defer(() => redis.close())
  // The worker of a suspect's child process has done it.
  const missing = part.listens ? await recordSealingKey(database.loops, seals) : []
  if (missing.length > 0) throw new Error(missingKeys(missing, seals))
  await checkRoles(database, variables.ACCESS, log)
  const whyUnprepared = await prepareStatements(pool, prepared, variables.DATABASE_PREPARED_STATEMENTS)
  if (whyUnprepared !== undefined) log.warn({ text: whyUnprepared }, 'prepared_statements_off')
  if (part.listens) await notifications.start()
  await boss.start()
  // Scope of the context. Work in another tenant has the connections and the items of that tenant: see `inScope`.
  const scope = wholeTenant(defaultTenant)
  const ofTenant = pools.of(defaultTenant)
  const items = await openItems({ pool: ofTenant, scope, variables, log })
  const itemsOf = (wanted: Scope): TenantItems => items.inScope(wanted, pools.of(wanted.tenant))
  // Agents are loaded with their stores, so no agent is known before.
  let loaded: ListedAgents = new Map()
  const actorNow = (): RunActor | undefined => currentRun.getStore()?.actor
  const stores = runStores(itemsOf, variables.ACCESS, actorNow, () => loaded)
  loaded = await load({
    log,
    executesRuns: variables.ROLE !== 'api',
    registry,
    pool,
    store: stores.current,
    memories: stores.memories,
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
    graph.store = stores.current
  })
  const all = opened.move()
  return {
    context: {
      pool: ofTenant,
      pools,
      boss,
      notifications,
      eventRows: eventRowsOf(ofTenant),
      places: new Places(),
      runWatch: new RunWatch({ pool: database.loops, notifications, log }),
      threadWatch: new ThreadWatch({ pool: database.loops, notifications, log }),
      agents,
      log,
      redactor,
      storeOf: stores.of,
      langSmith,
      instanceId: instance.instanceId,
      scope,
      limits: tenantLimits(variables),
      onAttemptEnd,
      onDecision: approvals.onDecision,
      onUnknownClass,
    },
    attempts: {
      limits: {
        steps: variables.RUN_LIMIT_STEPS,
        seconds: variables.RUN_LIMIT_SECONDS,
        eventBytes: variables.EVENT_LIMIT_BYTES,
      },
      observe: observeRun({ log, metrics, redactor, tracing, spending }),
      onEnd: metrics.runEnded,
    },
    loops: { pool: database.loops, boss },
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

async function checkMigrated(pool: Queryable): Promise<void> {
  const wanted = migrations.at(-1)?.version ?? 0
  const found = await migratedTo(pool)
  if (found >= wanted) return
  throw new Error(
    `The database schema has version ${found}, but this server needs version ${wanted}. Run "hadal-runtime migrate" first.`,
  )
}
