import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import { PgBoss } from 'pg-boss'
import type { Logger } from 'pino'
import type { AgentPlatform } from './agents/agent-platform.ts'
import type { LoadedAgents } from './agents/loaded-agent.ts'
import { httpApp } from './http/http-app.ts'
import { type Listening, listen } from './http/listen.ts'
import { metricsApp } from './http/metrics-app.ts'
import { createMetrics } from './metrics.ts'
import { RunObserver } from './runs/run-observer.ts'
import { Worker } from './runs/worker.ts'
import { DatabasePool } from './store/database-pool.ts'
import { migrations } from './store/migrations/migrations.ts'
import { Notifications } from './store/notifications.ts'
import { migratedTo } from './store/queries/migrated-to.ts'
import { queueDatabase } from './store/queue-database.ts'
import { queueSchema } from './store/run-queue.ts'
import { ThreadSaver } from './store/thread-saver.ts'

/** How soon a death is noticed after its lease has run out, and how often pg-boss clears what it keeps. */
const superviseSeconds = 2
const clearSeconds = 300
/** What is left of the drain for closing connections. */
const closeWithinMs = 2_000

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

/**
 * @param load builds the agents with what the server lends them
 * @throws Error with one sentence for what keeps the server from starting; nothing of it is left then
 */
export async function startServer(
  variables: ContainerVariables,
  load: (platform: AgentPlatform) => Promise<LoadedAgents>,
  log: Logger,
): Promise<RunningServer> {
  const applicationName = `hadal ${variables.ROLE}`
  const pool = new DatabasePool(
    {
      connectionString: variables.DATABASE_URL,
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
  const notifications = new Notifications(directUrl, applicationName, (error) =>
    log.warn({ err: error }, 'listener_lost'),
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
  const closing = new AbortController()
  const listening: Listening[] = []
  let draining = false
  let worker: Worker | undefined

  const release = async (): Promise<void> => {
    closing.abort()
    await Promise.all(listening.map((one) => one.close(closeWithinMs)))
    await boss.stop({ graceful: false, close: false })
    await notifications.stop()
    await pool.end()
  }

  try {
    await checkMigrated(pool)
    await notifications.start()
    await boss.start()
    const agents = await load({ log, registry: metrics.registry, pool })
    for (const { graph } of agents.values()) graph.checkpointer = new ThreadSaver(pool)
    const context = { pool, boss, notifications, agents, log }
    if (works) {
      worker = new Worker(context, {
        concurrency: variables.WORKER_CONCURRENCY,
        limits: { steps: variables.RUN_LIMIT_STEPS, seconds: variables.RUN_LIMIT_SECONDS },
        observe: ({ runId, threadId }) => [new RunObserver(log.child({ run_id: runId, thread_id: threadId }), metrics)],
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
    return {
      port: api.port,
      metricsPort: measured.port,
      graphs: [...agents.keys()],
      async drain() {
        draining = true
        const withinMs = variables.DRAIN_SECONDS * 1_000
        const drained = worker?.drain(Math.max(withinMs - closeWithinMs, 0))
        await Promise.all([drained, pause(variables.DRAIN_SERVE_SECONDS * 1_000)])
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
