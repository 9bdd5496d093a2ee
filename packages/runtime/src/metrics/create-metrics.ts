import type pg from 'pg'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { type QueueNumbers, queueNumbers } from '../store/queries/queue-numbers.ts'
import type { AttemptReason } from '../store/queries/run-attempts.ts'
import { createBoundedLabel } from './create-bounded-label.ts'
import { createScrapeQuery } from './create-scrape-query.ts'
import { createSuspectMetrics } from './suspect-metrics.ts'

const callSeconds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300]
const runSeconds = [0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600]
/** Statuses with which the server fails: its own error, and one of the database. */
const failures = ['500', '503']
const requestSeconds = [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30]

/** Prometheus counters of model calls and tool calls. */
export interface CallMetrics {
  llmRequest(call: { model: string; status: 'success' | 'error'; seconds: number }): void
  toolCall(call: { tool: string; status: 'success' | 'error' | 'interrupted' }): void
}

export interface Metrics extends CallMetrics {
  readonly registry: Registry
  /** Counts a child process that died while it executed a suspect run, although this process lived. */
  suspectDied(): void
  /** Counts a record in a thread's state that is read as plain data, because its class is not allowed. */
  unknownStateClass(): void
  /** Sets the number of graphs that this process could not load. */
  graphsUnavailable(count: number): void
  attemptEnded(reason: AttemptReason): void
  unhandledRejection(): void
  runEnded(end: { status: string; seconds: number }): void
  /** Declares the routes of the server, so that the first failure of a route counts. */
  serves(routes: readonly { readonly method: string; readonly path: string }[]): void
  answered(answer: { method: string; route: string; status: number; seconds: number }): void
}

/**
 * Creates the registry and the metrics of this process.
 *
 * @param loops connections of the loops that serve all tenants
 */
export function createMetrics(pool: pg.Pool, loops: pg.Pool): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const model = createBoundedLabel()
  const tool = createBoundedLabel()
  const llmRequests = new Counter({
    name: 'llm_requests_total',
    help: 'Number of model calls',
    labelNames: ['model', 'status'],
    registers,
  })
  const llmDuration = new Histogram({
    name: 'llm_request_duration_seconds',
    help: 'Duration of model calls in seconds',
    labelNames: ['model'],
    buckets: callSeconds,
    registers,
  })
  const toolCalls = new Counter({
    name: 'tool_calls_total',
    help: 'Number of tool calls',
    labelNames: ['tool_name', 'status'],
    registers,
  })
  const runsFinished = new Counter({
    name: 'runs_finished_total',
    help: 'Number of runs that ended in this process',
    labelNames: ['status'],
    registers,
  })
  // PromQL's rate() needs the series to exist before its first increase.
  for (const status of ['success', 'error', 'timeout', 'interrupted', 'rolled_back']) runsFinished.inc({ status }, 0)
  const unknownClasses = new Counter({
    name: 'state_unknown_classes_total',
    help: 'Number of records in the state of threads that were read as plain data because their class is not allowed',
    registers,
  })
  const graphsUnavailable = new Gauge({
    name: 'graphs_unavailable',
    help: 'Number of graphs of langgraph.json that this process could not load',
    registers,
  })
  const runDuration = new Histogram({
    name: 'run_duration_seconds',
    help: 'Duration of the last attempt of a run in seconds',
    labelNames: ['status'],
    buckets: runSeconds,
    registers,
  })
  const attempts = new Counter({
    name: 'run_attempts_total',
    help: 'Number of ended attempts by reason; an attempt whose reason is corrected later is counted under both reasons',
    labelNames: ['reason'],
    registers,
  })
  const reasons = ['ended', 'returned', 'lease_late', 'database', 'loop_blocked', 'process_died'] as const
  for (const reason of reasons) attempts.inc({ reason }, 0)
  const rejections = new Counter({
    name: 'unhandled_rejections_total',
    help: 'Number of unhandled promise rejections',
    registers,
  })
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Number of HTTP responses',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const requestDuration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Seconds from an HTTP request to the start of its response',
    labelNames: ['route'],
    buckets: requestSeconds,
    registers,
  })
  new Gauge({
    name: 'database_pool_waiting',
    help: 'Number of callers that wait for a database connection',
    registers,
    collect() {
      this.set(pool.waitingCount)
    },
  })
  new Gauge({
    name: 'database_pool_in_use',
    help: 'Number of database connections in use',
    registers,
    collect() {
      this.set(pool.totalCount - pool.idleCount)
    },
  })
  queueGauges(registry, loops)
  const suspectDied = createSuspectMetrics(registry, loops)
  return {
    registry,
    llmRequest(call) {
      llmRequests.inc({ model: model(call.model), status: call.status })
      llmDuration.observe({ model: model(call.model) }, call.seconds)
    },
    suspectDied,
    toolCall: (call) => toolCalls.inc({ tool_name: tool(call.tool), status: call.status }),
    unknownStateClass: () => unknownClasses.inc(),
    graphsUnavailable: (count) => graphsUnavailable.set(count),
    attemptEnded: (reason) => attempts.inc({ reason }),
    unhandledRejection: () => rejections.inc(),
    runEnded({ status, seconds }) {
      runsFinished.inc({ status })
      runDuration.observe({ status }, seconds)
    },
    serves(routes) {
      // PromQL's rate() needs the series to exist before its first increase.
      for (const { method, path } of routes)
        for (const status of failures) requests.inc({ method, route: path, status }, 0)
    },
    answered({ method, route, status, seconds }) {
      requests.inc({
        method: /^(GET|POST|PATCH|PUT|DELETE|HEAD|OPTIONS)$/.test(method) ? method : 'other',
        route,
        status: String(status),
      })
      requestDuration.observe({ route }, seconds)
    },
  }
}

/** Registers the gauges of the run queue. All processes share one queue and export the same values, so an alert takes the maximum. */
function queueGauges(registry: Registry, pool: pg.Pool): void {
  const registers = [registry]
  const queryNumbers = createScrapeQuery(() => queueNumbers(pool))
  // Each gauge sets itself: one that another gauge sets shows the value of the previous scrape.
  const gauge = (name: string, help: string, read: (numbers: QueueNumbers) => number): void => {
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const numbers = await queryNumbers()
        // While the database is unavailable, the last known value would be wrong.
        this.set(numbers ? read(numbers) : Number.NaN)
      },
    })
  }
  gauge('run_queue_waiting', 'Number of runs that can start and wait for a worker', ({ pending }) => pending)
  gauge(
    'runs_under_review',
    'Number of runs that wait for their release after a restore of the database',
    ({ underReview }) => underReview,
  )
  gauge('runs_running', 'Number of running runs in all processes', ({ running }) => running)
  gauge(
    'threads_interrupted',
    'Number of threads with the status interrupted',
    ({ interruptedThreads }) => interruptedThreads,
  )
  gauge(
    'run_queue_age_seconds',
    'Seconds for which the oldest startable run has waited for a worker',
    ({ oldestSeconds }) => oldestSeconds,
  )
}
