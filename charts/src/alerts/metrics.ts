import type { Environment } from '@hadal/platform/environment'
import { agentNames } from '@hadal/platform/names'

/** Metrics of the agent server that alerts, dashboards and scalers use. A test compares each name with the server's exports. */
export const metrics = {
  /** Counter: runs that reached their end, by `status`. */
  runsFinished: 'runs_finished_total',
  /** Gauge: how long the oldest waiting run has waited for a worker, in seconds. */
  queueAge: 'run_queue_age_seconds',
  /** Gauge: runs that could start and wait for a worker. */
  queueWaiting: 'run_queue_waiting',
  /** Gauge: running runs, in all processes. */
  runsRunning: 'runs_running',
  /** Gauge: number of suspects, i.e. of runs that probably kill the process that executes them. */
  suspects: 'run_suspects',
  /** Gauge, by `run_id`: workers that died together with the child process of a suspect, i.e. of a run that probably kills its process. */
  suspectWorkerDeaths: 'run_suspect_worker_deaths',
  /** Counter: child processes that died while they executed a suspect (a run that probably kills its process), and whose worker survived. */
  suspectDeaths: 'suspect_deaths_total',
  /** Gauge: callers that wait for a connection to PostgreSQL. */
  poolWaiting: 'database_pool_waiting',
  /** Gauge: lag of the read replicas in seconds; infinite above the bound, or if no replica answers. Absent without read replicas. */
  readLag: 'database_read_lag_seconds',
  /** Counter, by `reason`: reads that the primary answered in place of a replica. Absent without read replicas. */
  readFallbacks: 'database_read_fallbacks_total',
  /** Counter: answers to HTTP requests, by `method`, `route` and `status`. */
  requests: 'http_requests_total',
  /** Histogram, by `route`: seconds until the response began. Its series end in `_bucket`, `_sum` and `_count`. */
  requestSeconds: 'http_request_duration_seconds',
  /** Counter, by `kind` (api-keys, oidc, custom) and `outcome`: requests whose sender was to be found out. */
  signIns: 'sign_ins_total',
  /** Gauge: API keys of all tenants that expire within 14 days. */
  apiKeysExpiring: 'api_keys_expiring',
  /** Gauge: connections to PostgreSQL in use. */
  poolInUse: 'database_pool_in_use',
  /** Gauge: interrupted threads, which wait for an answer or to be continued. */
  threadsInterrupted: 'threads_interrupted',
  /** Gauge: tool calls that wait for a person's approval. */
  approvalsWaiting: 'approvals_waiting',
  /** Gauge from 0 to 1: largest share of its time limit that a tool call has waited for its approval. */
  approvalTimeUsed: 'approval_time_used_ratio',
  /** Counter: decisions on tool calls that waited for approval, by `decision`; `expired` if no person decided. */
  approvalsDecided: 'approvals_decided_total',
  /** Counter: approved tool calls that were not executed because the approval was not valid for them, by `reason`. */
  approvalsRefused: 'approvals_refused_total',
  /** Counter: calls of models, by `model` and `status`. */
  modelCalls: 'llm_requests_total',
  /** Histogram, by `model`: duration of a model call, in seconds. */
  modelSeconds: 'llm_request_duration_seconds',
  /** Counter, by `model` and `kind`: input, cache_read, cache_creation, output, reasoning. A token is of one kind only. */
  modelTokens: 'llm_tokens_total',
  /** Counter, by `model`: US dollars by list price. */
  modelCost: 'llm_cost_usd_total',
  /** Counter, by `model`: tokens of models that have no price. */
  unpricedTokens: 'llm_unpriced_tokens_total',
  /** Counter, by `scope` (run, thread, userPerDay, tenantPerDay) and `unit` (tokens, usd): calls that a budget stopped. */
  budgetRefusals: 'budget_refusals_total',
  /** Gauge, by `tenant` and `unit`: used share of a tenant's budget of the day. Absent without a budget. */
  budgetUsed: 'budget_used_ratio',
  /** Counter: commands that agents ran in sandboxes, by `status`: `ok`, `failed`, `timeout`, or `unavailable` where there was no sandbox. */
  sandboxExecutions: 'sandbox_executions_total',
  /** Counter: injected instructions that were found, by `rule`, `action` (block, flag) and `provenance` (user, tool, memory). */
  inputFindings: 'input_findings_total',
  /** Counter: calls of models that were routed by complexity, by `tier` and `model`. */
  modelRouted: 'llm_routed_total',
  /** Counter: failed attempts of model calls, by `model` and `kind`. */
  modelFailures: 'llm_failures_total',
  /** Counter: retries of model calls, by `model` and `kind`. */
  modelRetries: 'llm_retries_total',
  /** Counter: model calls that fell back to another model, by `from`, `to` and `kind`. */
  modelFallbacks: 'llm_fallbacks_total',
  /** Gauge, by `provider`: state of the circuit breaker: 1 open, 0.5 half-open, 0 closed. */
  modelCircuitOpen: 'llm_circuit_open',
  /** Counter: calls of tools, by `tool_name` and `status`. */
  toolCalls: 'tool_calls_total',
  /** Histogram, by `status`: how long the last attempt of a run took. */
  runSeconds: 'run_duration_seconds',
  /** Gauge, 0 or 1: whether Redis answered the last check. Absent without Redis. */
  redisUp: 'redis_up',
  /** Counter, by `result` (hit, shared, miss, skipped): look-ups in the cache of model responses. */
  cacheRequests: 'response_cache_requests_total',
  /** Counter, by `reason`: failures of the cache of model responses; each counts as a miss. */
  cacheErrors: 'response_cache_errors_total',
  /** Counter: tokens that answers from the cache of model responses saved. */
  cacheSavedTokens: 'response_cache_saved_tokens_total',
  /** Counter, by `where` (request, model), `decision` (admitted, refused) and `by` (redis, local): decisions of the rate limiter. */
  limitDecisions: 'rate_limit_decisions_total',
  /** Gauge: time in seconds by which the removal of a thread, or of its checkpoints, is late at most; 0 if none is due. */
  retentionOverdue: 'hadal_retention_overdue_seconds',
  /** Counter, by `kind`: removed data, such as threads, checkpoints and events whose time is over. */
  retentionRemoved: 'hadal_retention_removed_total',
  /** Counter, by `kind`: failed removals. The next sweep tries again. */
  retentionErrors: 'hadal_retention_errors_total',
  /** Gauge: when the newest successful backup of `hadal-runtime backup` ended, in seconds since 1970; if there is none, since when results are stored. */
  backupLastSuccess: 'backup_last_success_timestamp_seconds',
  /** Gauge, 0 or 1: whether the newest backup failed. */
  backupFailed: 'backup_failed',
  /** Gauge: size of the newest successful backup in its target, in bytes. */
  backupBytes: 'backup_last_bytes',
  /** Gauge: when the newest successful restore drill ended, in seconds since 1970; if there is none, since when results are stored. */
  drillLastSuccess: 'drill_last_success_timestamp_seconds',
  /** Gauge, 0 or 1: whether the newest restore drill failed. */
  drillFailed: 'drill_failed',
  /** Gauge: age of the backup at the beginning of the newest successful restore drill, in seconds. */
  drillRpo: 'drill_rpo_seconds',
  /** Gauge: seconds from the beginning of the restore in the newest successful drill until a restored run had ended. */
  drillRto: 'drill_rto_seconds',
  /** Gauge: runs that wait for their release after a restore of the database. */
  runsUnderReview: 'runs_under_review',
  /** Gauge: age in seconds of the oldest deletion that is not in the log of deletions; 0 if there is none. Absent without a backup target. */
  deletionsUnlogged: 'hadal_deletions_unlogged_seconds',
  /** Gauge: resident memory of the server's process, in bytes. */
  processMemory: 'process_resident_memory_bytes',
  /** Gauge: when the server's process started, in seconds since 1970. */
  processStart: 'process_start_time_seconds',
} as const

/** Statuses of failed runs. An interrupted or cancelled run has not failed. */
export const failedStatuses = ['error', 'timeout'] as const

/** The `job` label of the pods that the PodMonitor finds: `<namespace>/<PodMonitor>`. */
export const scrapeJob = ({ namespace }: Pick<Environment, 'namespace'>): string => `${namespace}/${agentNames.server}`

/** Label of every series of the agent pods that distinguishes their Deployments: the pod's label `app.kubernetes.io/component`. */
export const partLabel = 'app_kubernetes_io_component'

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

/** Outcomes of sign-ins with a credential that was refused. A request without a credential has the outcome `missing`. */
const refusedOutcomes = ['unknown', 'invalid', 'expired', 'revoked'] as const

/** Series of sign-ins with a credential that was refused. */
export const failedSignIns = (environment: Pick<Environment, 'namespace'>): string =>
  `${metrics.signIns}{job="${scrapeJob(environment)}",outcome=~"${refusedOutcomes.join('|')}"}`

/** Series of the server's responses with status 5xx. */
export const failedRequests = (environment: Pick<Environment, 'namespace'>): string =>
  `${metrics.requests}{job="${scrapeJob(environment)}",status=~"5.."}`
