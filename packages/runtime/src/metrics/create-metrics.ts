import type pg from 'pg'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import { queueNumbers } from '../store/queries/queue-numbers.ts'
import type { AttemptReason } from '../store/queries/run-attempts.ts'
import { createBoundedLabel } from './create-bounded-label.ts'
import { createSuspectMetrics } from './suspect-metrics.ts'

const callSeconds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300]
const runSeconds = [0.05, 0.1, 0.5, 1, 5, 15, 60, 300, 900, 3_600]
const requestSeconds = [0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 30]

/** Counts the calls of models and tools. */
export interface CallMetrics {
  llmRequest(call: { model: string; status: 'success' | 'error'; seconds: number }): void
  toolCall(call: { tool: string; status: 'success' | 'error' | 'interrupted' }): void
}

export interface Metrics extends CallMetrics {
  readonly registry: Registry
  /** A child process died with a suspect while this process lived. */
  suspectDied(): void
  /** Counts a record in a thread's state whose class is not allowed. */
  unknownStateClass(): void
  attemptEnded(reason: AttemptReason): void
  unhandledRejection(): void
  runEnded(end: { status: string; seconds: number }): void
  answered(answer: { method: string; route: string; status: number; seconds: number }): void
}

/** Everything that Prometheus may ask this process. */
export function createMetrics(pool: pg.Pool): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const model = createBoundedLabel()
  const tool = createBoundedLabel()
  const llmRequests = new Counter({
    name: 'llm_requests_total',
    help: 'Calls of models',
    labelNames: ['model', 'status'],
    registers,
  })
  const llmDuration = new Histogram({
    name: 'llm_request_duration_seconds',
    help: 'How long calls of models took',
    labelNames: ['model'],
    buckets: callSeconds,
    registers,
  })
  const toolCalls = new Counter({
    name: 'tool_calls_total',
    help: 'Calls of tools',
    labelNames: ['tool_name', 'status'],
    registers,
  })
  const runsFinished = new Counter({
    name: 'runs_finished_total',
    help: 'Runs that reached their end here',
    labelNames: ['status'],
    registers,
  })
  // A rate needs the series to be there before its first increase.
  for (const status of ['success', 'error', 'timeout', 'interrupted', 'rolled_back']) runsFinished.inc({ status }, 0)
  const unknownClasses = new Counter({
    name: 'state_unknown_classes_total',
    help: 'Records in the state of threads whose class is not allowed and that were read as plain data',
    registers,
  })
  const runDuration = new Histogram({
    name: 'run_duration_seconds',
    help: 'How long the last attempt of a run took',
    labelNames: ['status'],
    buckets: runSeconds,
    registers,
  })
  const attempts = new Counter({
    name: 'run_attempts_total',
    help: 'Attempts at runs that ended, by the reason; an attempt whose reason is corrected later counts under both',
    labelNames: ['reason'],
    registers,
  })
  const reasons = ['ended', 'returned', 'lease_late', 'database', 'loop_blocked', 'process_died'] as const
  for (const reason of reasons) attempts.inc({ reason }, 0)
  const rejections = new Counter({
    name: 'unhandled_rejections_total',
    help: 'Promises that were rejected and that nothing awaited',
    registers,
  })
  const requests = new Counter({
    name: 'http_requests_total',
    help: 'Answers to HTTP requests',
    labelNames: ['method', 'route', 'status'],
    registers,
  })
  const requestDuration = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'How long it took until an answer began',
    labelNames: ['route'],
    buckets: requestSeconds,
    registers,
  })
  new Gauge({
    name: 'database_pool_waiting',
    help: 'Callers that wait for a database connection',
    registers,
    collect() {
      this.set(pool.waitingCount)
    },
  })
  new Gauge({
    name: 'database_pool_in_use',
    help: 'Database connections in use',
    registers,
    collect() {
      this.set(pool.totalCount - pool.idleCount)
    },
  })
  queueGauges(registry, pool)
  const suspectDied = createSuspectMetrics(registry, pool)
  return {
    registry,
    llmRequest(call) {
      llmRequests.inc({ model: model(call.model), status: call.status })
      llmDuration.observe({ model: model(call.model) }, call.seconds)
    },
    suspectDied,
    toolCall: (call) => toolCalls.inc({ tool_name: tool(call.tool), status: call.status }),
    unknownStateClass: () => unknownClasses.inc(),
    attemptEnded: (reason) => attempts.inc({ reason }),
    unhandledRejection: () => rejections.inc(),
    runEnded({ status, seconds }) {
      runsFinished.inc({ status })
      runDuration.observe({ status }, seconds)
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

/** The queue is one for all processes: each of them says the same, and an alert takes the greatest. */
function queueGauges(registry: Registry, pool: pg.Pool): void {
  const registers = [registry]
  const waiting = new Gauge({
    name: 'run_queue_waiting',
    help: 'Runs that could start and wait for a worker',
    registers,
  })
  const running = new Gauge({ name: 'runs_running', help: 'Runs at work in all processes', registers })
  const interrupted = new Gauge({
    name: 'threads_interrupted',
    help: 'Threads that wait for an answer or to be continued',
    registers,
  })
  new Gauge({
    name: 'run_queue_age_seconds',
    help: 'How long the oldest run has waited for a worker',
    registers,
    async collect() {
      const numbers = await queueNumbers(pool).catch(() => undefined)
      // While the database is away, what it said last would be a lie.
      this.set(numbers?.oldestSeconds ?? Number.NaN)
      waiting.set(numbers?.pending ?? Number.NaN)
      running.set(numbers?.running ?? Number.NaN)
      interrupted.set(numbers?.interruptedThreads ?? Number.NaN)
    },
  })
}
