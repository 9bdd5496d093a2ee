import { extname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { Logger } from 'pino'
import { createKeyMetrics } from './access/api-keys/key-metrics.ts'
import { type Authenticate, createAuthenticate } from './access/authenticate.ts'
import { checkProjectAccess } from './access/check-project-access.ts'
import { isLoopback } from './access/is-loopback.ts'
import type { AgentPlatform } from './agents/agent-platform.ts'
import { readCheckpointerTtl } from './agents/checkpointer-ttl.ts'
import { loadProjectApp } from './agents/load-project-app.ts'
import { loadProjectAuth } from './agents/load-project-auth.ts'
import type { ListedAgents } from './agents/loaded-agent.ts'
import { noProjectHttp, type ProjectHttp } from './agents/project-http.ts'
import { readProjectSettings } from './agents/project-settings.ts'
import { createTypeSchemas } from './agents/schemas/type-schemas.ts'
import { readStoreSettings } from './agents/store-settings.ts'
import { createDeletionLog } from './backup/create-deletion-log.ts'
import { createRecoveryMetrics } from './backup/create-recovery-metrics.ts'
import { allowedHosts } from './http/allowed-hosts.ts'
import { corsSettings } from './http/cors-settings.ts'
import { createHttpApp } from './http/http-app.ts'
import { listen } from './http/listen.ts'
import { openLoopback } from './http/loopback.ts'
import { createMetricsApp } from './http/metrics-app.ts'
import { runSignIn } from './http/run-sign-in.ts'
import { finishDeletions } from './runs/assistants/delete-assistant.ts'
import { registerGraphs } from './runs/assistants/register-graphs.ts'
import { createWorkers } from './runs/create-workers.ts'
import { openReads } from './runs/open-reads.ts'
import { openRuns } from './runs/open-runs.ts'
import { retentionSettings } from './runs/retention/retention-settings.ts'
import { connectionsOfWorker } from './runs/suspects/suspect-connections.ts'
import { createRedactor, type Redactor } from './secrets/create-redactor.ts'
import { loadedSecrets } from './secrets/loaded-secrets.ts'
import { version } from './store/version.ts'

/** Path of the server's own program `main`, as source or compiled. */
const mainProgram = join(import.meta.dirname, `main${extname(import.meta.filename)}`)
/** Part of the drain that is reserved for closing connections, in milliseconds. */
const closeWithinMs = 2_000

export interface RunningServer {
  readonly port: number
  readonly metricsPort: number
  /** Method and path of each route, such as `GET /threads/:thread_id`. */
  readonly routes: readonly string[]
  /** Ids of the graphs that the server serves. */
  readonly graphs: readonly string[]
  /** Counts an unhandled promise rejection in the metrics. */
  readonly countUnhandledRejection: () => void
  /** Shuts the server down as after SIGTERM; resolves when it has stopped completely. */
  drain(): Promise<void>
}

/** @throws Error if requests may carry credentials that the server could not store encrypted */
function requireEncryptionKey(
  { ACCESS, AGENTS_CONFIG, ENCRYPTION_KEY }: Pick<ContainerVariables, 'ACCESS' | 'AGENTS_CONFIG' | 'ENCRYPTION_KEY'>,
  { configurableHeaders }: ProjectHttp,
): void {
  if (ENCRYPTION_KEY !== undefined) return
  const reason =
    configurableHeaders.includes.length > 0
      ? `http.configurable_headers of ${AGENTS_CONFIG} gives request headers to runs`
      : ACCESS.kind === 'custom'
        ? 'The sign-in "custom" gives the fields of its user object to runs'
        : undefined
  if (reason === undefined) return
  throw new Error(
    `${reason}, and ENCRYPTION_KEY, which encrypts them, is not set. Generate a key with "hadal-runtime secrets generate-key", and set ENCRYPTION_KEY_FILE to its file, or ENCRYPTION_KEY.`,
  )
}

/**
 * Starts the agent server: the services that runs need, the API, the metrics and, unless its role is `api`, the workers.
 *
 * @param load builds the agents with the given platform
 * @param authenticate sign-in of tests; by default that of ACCESS
 * @param studio whether LangGraph Studio is let in without a check, for the server of a developer
 * @throws Error with one sentence if the server can't start; everything that was opened is closed then
 */
export async function startServer(
  variables: ContainerVariables,
  load: (platform: AgentPlatform) => Promise<ListedAgents>,
  log: Logger,
  redactor: Redactor = createRedactor(loadedSecrets(variables)),
  authenticate?: Authenticate,
  studio = false,
): Promise<RunningServer> {
  await using opened = new AsyncDisposableStack()
  const project = readProjectSettings(variables.AGENTS_CONFIG)
  const { http: ofProject, auth } = project
  checkProjectAccess(variables.ACCESS, variables.AGENTS_CONFIG, project)
  if (studio && !isLoopback(variables.HOST)) {
    throw new Error('--studio lets everyone in who reaches the server. Set HOST to 127.0.0.1, or leave --studio out.')
  }
  const cors = corsSettings(variables.CORS_ALLOW_ORIGINS, ofProject.cors)
  requireEncryptionKey(variables, ofProject)
  const works = variables.ROLE !== 'api'
  // Open before the agents are loaded: a client that their modules create keeps the function that it finds.
  const loopback = openLoopback(globalThis)
  opened.defer(() => loopback.close())
  const connections = { size: variables.DATABASE_POOL_SIZE, overflow: variables.DATABASE_POOL_OVERFLOW }
  const runs = await openRuns(
    { variables, load, log, redactor, version: version() },
    {
      applicationName: `hadal ${variables.ROLE}`,
      connections: works ? connectionsOfWorker(connections) : connections,
      listens: true,
      registers: works,
      removesIdleSandboxes: true,
    },
  )
  opened.defer(() => runs.close())
  const { context, metrics } = runs
  const deletionLog = createDeletionLog({ variables, pool: runs.loops.pool, log, registry: metrics.registry })
  opened.defer(() => deletionLog.stop())
  const { AGENTS_CONFIG: agentsFile } = variables
  const retention = retentionSettings(variables, readCheckpointerTtl(agentsFile), readStoreSettings(agentsFile))
  const workers = works
    ? createWorkers(runs, {
        concurrency: variables.WORKER_CONCURRENCY,
        approvalExpirySeconds: variables.APPROVAL_EXPIRY_SECONDS,
        program: { path: mainProgram, memoryMebibytes: variables.SUSPECT_MEMORY_MEBIBYTES },
        retention,
      })
    : undefined
  opened.defer(() => workers?.close())
  const projectApp =
    ofProject.app && variables.ROLE !== 'worker'
      ? await loadProjectApp(variables.AGENTS_CONFIG, ofProject.app)
      : undefined
  const author =
    auth && variables.ROLE !== 'worker'
      ? { auth, handlers: await loadProjectAuth(variables.AGENTS_CONFIG, auth.path) }
      : undefined
  const reads = openReads(variables, context.pool, context.pools, metrics.registry, log)
  opened.defer(reads.close)
  if (variables.ROLE !== 'worker') {
    await registerGraphs(context)
    finishDeletions(context, runs.loops).catch((error: unknown) =>
      log.warn({ err: error }, 'assistant_deletion_unfinished'),
    )
  }
  if (variables.ACCESS.kind === 'api-keys') createKeyMetrics(metrics.registry, runs.loops.pool)
  createRecoveryMetrics(metrics.registry, runs.loops.pool)
  let draining = false
  const closing = new AbortController()
  const http = {
    ...context,
    reads: reads.of(context.scope.tenant),
    readsOf: reads.of,
    items: runs.items,
    authenticate:
      authenticate ??
      createAuthenticate(variables.ACCESS, {
        pool: context.pool,
        notifications: context.notifications,
        log,
        registry: metrics.registry,
        author,
        studio,
      }),
    approvalByOthers: variables.ACCESS.kind !== 'open' && variables.ACCESS.approvalByOthers,
    trustedProxies: variables.TRUSTED_PROXIES,
    bodyLimitBytes: variables.BODY_LIMIT_BYTES,
    metadataLimitBytes: variables.METADATA_LIMIT_BYTES,
    cors,
    allowedHosts: allowedHosts(variables, studio),
    version: version(),
    isDraining: () => draining,
    closing: closing.signal,
    servesRuns: variables.ROLE !== 'worker',
    onAnswer: metrics.answered,
    tracing: runs.tracing,
    validation: runs.validation,
    requestLimit: runs.requestLimit,
    streamLimit: { perTenant: variables.TENANT_LIMIT_STREAMS, perUser: variables.USER_LIMIT_STREAMS },
    redisAnswers: runs.redisAnswers,
    retention,
    typeSchemas: createTypeSchemas(variables.AGENTS_CONFIG, log),
    project: { http: ofProject, ...(projectApp ? { app: projectApp } : {}) },
  }
  const app = createHttpApp(http)
  loopback.serve(
    createHttpApp({
      ...http,
      servesRuns: true,
      authenticate: runSignIn(variables.ACCESS),
      allowedHosts: [],
      cors: undefined,
      requestLimit: undefined,
      onAnswer: () => {},
      // Only the headers of runs: a call has those of the run that makes it.
      project: { http: { ...noProjectHttp, configurableHeaders: ofProject.configurableHeaders } },
    }),
  )
  const routes = app.routes.filter(({ method }) => method !== 'ALL')
  metrics.serves(routes)
  const api = await listen(app, variables.PORT, 'the API (PORT)', variables.HOST)
  opened.defer(() => {
    // Aborting ends the streams, whose clients still get their last response on the same connection, so nothing may be awaited before `close`.
    closing.abort()
    return api.close(closeWithinMs / 2)
  })
  const metricsPage = createMetricsApp(metrics.registry)
  const measured = await listen(metricsPage, variables.METRICS_PORT, 'metrics (METRICS_PORT)', variables.HOST)
  opened.defer(() => measured.close(closeWithinMs / 2))
  workers?.start()
  deletionLog.start()
  const all = opened.move()
  return {
    port: api.port,
    metricsPort: measured.port,
    routes: routes.map(({ method, path }) => `${method} ${path}`),
    graphs: [...context.agents.keys()],
    countUnhandledRejection: metrics.unhandledRejection,
    async drain() {
      draining = true
      const withinMs = Math.max(variables.DRAIN_SECONDS * 1_000 - closeWithinMs, 0)
      await Promise.all([workers?.drain(withinMs), pause(variables.DRAIN_SERVE_SECONDS * 1_000)])
      await all.disposeAsync()
    },
  }
}
