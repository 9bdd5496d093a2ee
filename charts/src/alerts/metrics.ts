import type { Environment } from '@hadal/platform/environment'
import { agentNames } from '@hadal/platform/names'

/** Metrics of the agent server that alerts read. A test holds each name against what the server exports. */
export const metrics = {
  /** Counter: runs that reached their end, by `status`. */
  runsFinished: 'runs_finished_total',
  /** Gauge: seconds that the oldest run has waited for a worker. */
  queueAge: 'run_queue_age_seconds',
  /** Gauge: callers that wait for a connection to PostgreSQL. */
  poolWaiting: 'database_pool_waiting',
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
