import { extname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { Logger } from 'pino'
import type { AgentPlatform } from './agents/agent-platform.ts'
import type { LoadedAgents } from './agents/loaded-agent.ts'
import { httpApp } from './http/http-app.ts'
import { type Listening, listen } from './http/listen.ts'
import { metricsApp } from './http/metrics-app.ts'
import { version } from './http/version.ts'
import { ApprovalExpiry } from './runs/approval-expiry.ts'
import { DeathWatch } from './runs/death-watch.ts'
import { type OpenRuns, openRuns } from './runs/open-runs.ts'
import { connectionsOfWorker } from './runs/suspects/suspect-connections.ts'
import { Suspects } from './runs/suspects/suspects.ts'
import { Worker } from './runs/worker.ts'
import { createRedactor, type Redactor } from './secrets/create-redactor.ts'
import { loadedSecrets } from './secrets/loaded-secrets.ts'

/** The program, as source or compiled. */
const mainProgram = join(import.meta.dirname, `main${extname(import.meta.filename)}`)
/** What is left of the drain for closing connections. */
const closeWithinMs = 2_000

export interface RunningServer {
  readonly port: number
  readonly metricsPort: number
  /** Method and path of each route, e.g. `GET /threads/:thread_id`. */
  readonly routes: readonly string[]
  /** Ids of the graphs that it serves. */
  readonly graphs: readonly string[]
  /** Counts a rejection that nothing awaited, for metrics. */
  readonly countUnhandledRejection: () => void
  /** What SIGTERM does: resolves when nothing is left of the server. */
  drain(): Promise<void>
}

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
  const works = variables.ROLE !== 'api'
  const connections = { size: variables.DATABASE_POOL_SIZE, overflow: variables.DATABASE_POOL_OVERFLOW }
  const runs = await openRuns(
    { variables, load, log, redactor, version: version() },
    {
      applicationName: `hadal ${variables.ROLE}`,
      connections: works ? connectionsOfWorker(connections) : connections,
      listens: true,
      registers: works,
    },
  )
  try {
    return await serve(variables, runs, works)
  } catch (error) {
    await runs.close()
    throw error
  }
}

function createWorker(
  variables: ContainerVariables,
  { attempts, context, metrics }: OpenRuns,
  ready: Promise<void> | undefined,
): Worker {
  const suspects = new Suspects(context, {
    ...attempts,
    program: { path: mainProgram, memoryMebibytes: variables.SUSPECT_MEMORY_MEBIBYTES },
    onDeath: metrics.suspectDied,
  })
  return new Worker(context, { ...attempts, concurrency: variables.WORKER_CONCURRENCY, suspects, ready })
}

async function serve(variables: ContainerVariables, runs: OpenRuns, works: boolean): Promise<RunningServer> {
  const { context, metrics } = runs
  const closing = new AbortController()
  const listening: Listening[] = []
  const stopListening = async (): Promise<void> => {
    closing.abort()
    deathWatch?.stop()
    await Promise.all(listening.map((one) => one.close(closeWithinMs)))
  }
  let draining = false
  const approvalExpiry = works ? new ApprovalExpiry(context, variables.APPROVAL_EXPIRY_SECONDS) : undefined
  const deathWatch = works ? new DeathWatch(context, runs.instance) : undefined
  const worker = works ? createWorker(variables, runs, deathWatch?.settled) : undefined
  try {
    const app = httpApp({
      ...context,
      bodyLimitBytes: variables.BODY_LIMIT_BYTES,
      version: version(),
      isDraining: () => draining,
      closing: closing.signal,
      servesRuns: variables.ROLE !== 'worker',
      onAnswer: metrics.answered,
      tracing: runs.tracing,
      validation: runs.validation,
      requestLimit: runs.requestLimit,
      redisAnswers: runs.redis?.answers,
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
    if (runs.instance.behindPooler) deathWatch?.stop()
    else deathWatch?.start()
    worker?.start()
    approvalExpiry?.start()
    return {
      port: api.port,
      metricsPort: measured.port,
      routes: app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
      graphs: [...context.agents.keys()],
      countUnhandledRejection: metrics.unhandledRejection,
      async drain() {
        draining = true
        const withinMs = variables.DRAIN_SECONDS * 1_000
        const expiryStopped = approvalExpiry?.stop()
        // A worker that has not begun yet waits for the watch.
        deathWatch?.stop()
        const drained = worker?.drain(Math.max(withinMs - closeWithinMs, 0))
        await Promise.all([drained, expiryStopped, pause(variables.DRAIN_SERVE_SECONDS * 1_000)])
        await stopListening()
        await runs.close()
      },
    }
  } catch (error) {
    await stopListening()
    throw error
  }
}
