import type { Environment } from '@hadal/platform/environment'
import { agentNames } from '@hadal/platform/names'

/** Metrics of the agent server that alerts, dashboards and scalers read. A test holds each name against what the server exports. */
export const metrics = {
  /** Counter: runs that reached their end, by `status`. */
  runsFinished: 'runs_finished_total',
  /** Gauge: seconds that the oldest run has waited for a worker. */
  queueAge: 'run_queue_age_seconds',
  /** Gauge: runs that could start and wait for a worker. */
  queueWaiting: 'run_queue_waiting',
  /** Gauge: runs at work in all processes. */
  runsRunning: 'runs_running',
  /** Gauge: callers that wait for a connection to PostgreSQL. */
  poolWaiting: 'database_pool_waiting',
  /** Counter: answers to HTTP requests, by `method`, `route` and `status`. */
  requests: 'http_requests_total',
  /** Histogram, by `route`: until an answer began. Its series end in `_bucket`, `_sum` and `_count`. */
  requestSeconds: 'http_request_duration_seconds',
  /** Gauge: connections to PostgreSQL in use. */
  poolInUse: 'database_pool_in_use',
  /** Gauge: threads that wait for an answer or to be continued. */
  threadsInterrupted: 'threads_interrupted',
  /** Counter: calls of models, by `model` and `status`. */
  modelCalls: 'llm_requests_total',
  /** Histogram, by `model`. */
  modelSeconds: 'llm_request_duration_seconds',
  /** Counter: calls of tools, by `tool_name` and `status`. */
  toolCalls: 'tool_calls_total',
  /** Histogram, by `status`: how long the last attempt of a run took. */
  runSeconds: 'run_duration_seconds',
  /** Gauge: memory of the process. */
  processMemory: 'process_resident_memory_bytes',
  /** Gauge: when the process started, in seconds since 1970. */
  processStart: 'process_start_time_seconds',
} as const

/** Statuses of a run that its client didn't ask for. An interrupt or a cancellation is no failure. */
export const failedStatuses = ['error', 'timeout'] as const

/** How Prometheus calls the pods that the PodMonitor finds: `<namespace>/<PodMonitor>`. */
export const scrapeJob = ({ namespace }: Pick<Environment, 'namespace'>): string => `${namespace}/${agentNames.server}`

/** A series of this environment's servers, with further labels: `metric{job="…",status="error"}`. */
export function series(
  environment: Pick<Environment, 'namespace'>,
  metric: string,
  labels: Readonly<Record<string, string>> = {},
): string {
  const matchers = Object.entries({ job: scrapeJob(environment), ...labels }).map(
    ([name, value]) => `${name}="${value}"`,
  )
  return `${metric}{${matchers.join(',')}}`
}

export const failedRuns = (environment: Pick<Environment, 'namespace'>): string =>
  `${metrics.runsFinished}{job="${scrapeJob(environment)}",status=~"${failedStatuses.join('|')}"}`

/** Answers that are a fault of the server's own: whatever a client did wrong is none. */
export const failedRequests = (environment: Pick<Environment, 'namespace'>): string =>
  `${metrics.requests}{job="${scrapeJob(environment)}",status=~"5.."}`
