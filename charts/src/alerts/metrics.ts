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
  /** Gauge: runs that are suspected of killing their process. */
  suspects: 'run_suspects',
  /** Gauge, by `run_id`: workers that died together with the child process of a suspect. */
  suspectWorkerDeaths: 'run_suspect_worker_deaths',
  /** Counter: child processes that died with a suspect while their worker lived. */
  suspectDeaths: 'suspect_deaths_total',
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
  /** Gauge: calls of tools that wait for a person. */
  approvalsWaiting: 'approvals_waiting',
  /** Gauge from 0 to 1: the greatest share of its time for an answer that a waiting call has used up. */
  approvalTimeUsed: 'approval_time_used_ratio',
  /** Counter: decisions on calls that waited, by `decision`; `expired` is nobody's. */
  approvalsDecided: 'approvals_decided_total',
  /** Counter: calls that were answered and not executed, since the approval did not hold for them, by `reason`. */
  approvalsRefused: 'approvals_refused_total',
  /** Counter: calls of models, by `model` and `status`. */
  modelCalls: 'llm_requests_total',
  /** Histogram, by `model`. */
  modelSeconds: 'llm_request_duration_seconds',
  /** Counter, by `model` and `kind`: input, cache_read, cache_creation, output, reasoning. A token is of one kind only. */
  modelTokens: 'llm_tokens_total',
  /** Counter, by `model`: US dollars by list price. */
  modelCost: 'llm_cost_usd_total',
  /** Counter, by `model`: tokens of models that have no price. */
  unpricedTokens: 'llm_unpriced_tokens_total',
  /** Counter, by `scope` (run, thread, tenantPerDay) and `unit` (tokens, usd): calls that a budget stopped. */
  budgetRefusals: 'budget_refusals_total',
  /** Gauge, by `tenant` and `unit`: what of its day's budget a tenant has used. None where it has no budget. */
  budgetUsed: 'budget_used_ratio',
  /** Counter: commands that agents ran in sandboxes, by `status`: `ok`, `failed`, `timeout`, or `unavailable` where there was no sandbox. */
  sandboxExecutions: 'sandbox_executions_total',
  /** Counter, by `rule`, `action` (block, flag) and `provenance` (user, tool, memory): injected instructions that were found. */
  inputFindings: 'input_findings_total',
  /** Counter: calls of models that were routed by complexity, by `tier` and `model`. */
  modelRouted: 'llm_routed_total',
  /** Counter: tries of models that failed, by `model` and `kind`. */
  modelFailures: 'llm_failures_total',
  /** Counter: tries of a model after one that failed, by `model` and `kind`. */
  modelRetries: 'llm_retries_total',
  /** Counter: calls that went on to another model, by `from`, `to` and `kind`. */
  modelFallbacks: 'llm_fallbacks_total',
  /** Gauge, by `provider`: 1 while calls pass it over, 0.5 while the next may try, else 0. */
  modelCircuitOpen: 'llm_circuit_open',
  /** Counter: calls of tools, by `tool_name` and `status`. */
  toolCalls: 'tool_calls_total',
  /** Histogram, by `status`: how long the last attempt of a run took. */
  runSeconds: 'run_duration_seconds',
  /** Gauge, 0 or 1: whether Redis answered when it was asked last. None without a Redis. */
  redisUp: 'redis_up',
  /** Counter, by `result`: hit, shared, miss, skipped. */
  cacheRequests: 'response_cache_requests_total',
  /** Counter, by `reason`: failures of the cache, each of which made a miss. */
  cacheErrors: 'response_cache_errors_total',
  /** Counter: tokens that answers from the cache had cost when they were made. */
  cacheSavedTokens: 'response_cache_saved_tokens_total',
  /** Counter, by `where` (request, model), `decision` (admitted, refused) and `by` (redis, local). */
  limitDecisions: 'rate_limit_decisions_total',
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
