import {
  changed,
  doubled,
  either,
  halved,
  longer,
  lowered,
  newlySet,
  raised,
  turnedOff,
  turnedOn,
  unset,
  weakened,
} from './directions.ts'
import { type FieldRule, rule } from './field-rule.ts'

/** Dangers of fields that decide how long data and runs last, how much load the environment takes, and what is observed. */
export const operationRules: readonly FieldRule[] = [
  rule(
    'shorter-retention',
    'retention.checkpointDays',
    lowered,
    'Older checkpoints are deleted: threads continue, but not from an earlier step, and their history is shorter.',
  ),
  rule(
    'shorter-retention',
    'retention.keepLatestOnly',
    turnedOn,
    'The history of idle threads is deleted, so they can not be continued from an earlier step.',
  ),
  rule(
    'shorter-retention',
    'retention.keepTurns',
    lowered,
    'The checkpoints of fewer turns are kept, so earlier turns can not be run again or edited.',
  ),
  rule(
    'shorter-retention',
    'retention.threads.minutes',
    either(newlySet, lowered),
    'Threads that are not used for this time are deleted or lose their history.',
  ),
  rule(
    'shorter-retention',
    'retention.threads.strategy',
    weakened('delete', 'keep_latest'),
    'Threads that are not used are deleted with their runs.',
  ),
  rule(
    'shorter-retention',
    'retention.eventMinutes',
    lowered,
    'A client that joins or resumes the stream of an earlier run gets its last values, but not its events.',
  ),
  rule(
    'shorter-retention',
    'retention.auditDays',
    lowered,
    'The next migration or backup removes older months of the audit of what people did.',
  ),

  rule(
    'interrupted-runs',
    'agent.drainSeconds',
    lowered,
    'At every rollout and drain of a node, a run that does not reach its next step in this time is interrupted and repeats the step.',
  ),
  rule(
    'interrupted-runs',
    'agent.gracePeriodSeconds',
    lowered,
    'The kubelet kills the process after this time, and its runs repeat their steps.',
  ),
  rule('interrupted-runs', ['limits.runSeconds', 'limits.runSteps'], halved, 'Runs that need more are ended.'),
  rule(
    'interrupted-runs',
    'approvals.expireHours',
    halved,
    'Approvals that nobody answered in this time are rejected.',
  ),
  rule('interrupted-runs', 'sandbox.commandSeconds', halved, 'Commands that take longer are stopped.'),
  rule('interrupted-runs', 'sandbox.idleMinutes', halved, 'An idle sandbox is removed earlier, with its files.'),
  rule(
    'interrupted-runs',
    'postgres.pool.prePing',
    turnedOff,
    'After a failover, queries on the connections of the old primary fail.',
  ),
  rule(
    'interrupted-runs',
    'postgres.pool.timeoutSeconds',
    halved,
    'Under load, queries that wait longer for a connection fail.',
  ),

  rule(
    'less-capacity',
    ['agent.*.autoscaling.scaleUpWindowSeconds', 'agent.*.autoscaling.targetPercent'],
    raised,
    'The autoscaler adds pods later when load increases.',
  ),
  rule(
    'less-capacity',
    'agent.*.autoscaling.waitingRunsPerPod',
    doubled,
    'The autoscaler adds pods later when runs wait.',
  ),
  rule(
    'less-capacity',
    ['agent.*.resources.requests.memory', 'postgres.resources.requests.memory', 'redis.resources.requests.memory'],
    lowered,
    'The kubelet evicts these pods earlier when their node runs out of memory.',
  ),
  rule(
    'less-capacity',
    ['postgres.pool.size', 'postgres.pool.overflow'],
    halved,
    'Queries of a busy pod wait for a connection, and fail after the timeout.',
  ),
  rule(
    'less-capacity',
    ['postgres.maxConnections', 'postgres.pooler.maxClientConnections', 'postgres.pooler.serverConnections'],
    halved,
    'Queries wait or are rejected when all connections are in use.',
  ),
  rule('less-capacity', 'sandbox.max', lowered, 'Runs of further threads that need a sandbox fail or wait.'),

  rule(
    'fewer-replicas',
    'redis.replicasPerMaster',
    lowered,
    'When a node fails, the keys of a master without a replica are lost, and the cluster rejects requests for them.',
  ),
  rule(
    'lost-clients',
    ['limits.requestsPerMinute', 'limits.burst', 'limits.bodyBytes', 'limits.metadataBytes', 'limits.eventBytes'],
    halved,
    'Requests and runs that were accepted are rejected.',
  ),
  rule(
    'lost-clients',
    [
      'limits.requestsPerMinutePerTenant',
      'limits.queuedRunsPerTenant',
      'limits.queuedRunsPerUser',
      'limits.streamsPerTenant',
      'limits.streamsPerUser',
    ],
    either(newlySet, halved),
    'Requests that were accepted are rejected.',
  ),
  rule(
    'less-capacity',
    ['limits.concurrentRunsPerTenant', 'limits.concurrentRunsPerUser'],
    either(newlySet, halved),
    'Runs of a tenant or user wait although workers have free places.',
  ),

  rule(
    'weaker-limits',
    ['quota.requests.*', 'quota.limits.*', 'quota.pods'],
    doubled,
    'A mistake in this environment may use the resources that other workloads of the cluster need.',
  ),
  rule(
    'weaker-limits',
    ['limits.*'],
    either(doubled, unset),
    'One caller, tenant or run may use that much more of the server and of the models.',
  ),
  rule(
    'weaker-limits',
    ['budgets.*.tokens', 'budgets.*.usd'],
    either(doubled, unset),
    'A loop or an attack may cost that much more before it is stopped.',
  ),
  rule('weaker-limits', 'budgets.warnSessionTokens', doubled, 'The warning about an expensive session comes later.'),

  rule(
    'less-observed',
    'cluster.prometheusRelease',
    changed,
    'Prometheus selects monitors and PrometheusRules by this label. If it selects another value, all metrics and alerts of the environment are gone.',
  ),
  rule(
    'less-observed',
    'cluster.monitoringNamespace',
    changed,
    'Only pods of this namespace can read the metrics. If Prometheus runs elsewhere, the alerts have no data.',
  ),
  rule(
    'less-observed',
    'agent.logLevel',
    weakened('error', 'warn', 'info', 'debug'),
    'Log entries below this level are missing when an incident is investigated.',
  ),
  rule(
    'less-observed',
    'tracing.kind',
    (before, after) => before !== 'none' && after === 'none',
    'Runs no longer have traces.',
  ),
  rule(
    'less-observed',
    'slo.availabilityPercent',
    lowered,
    'The alerts on the error budget fire at a higher rate of failures.',
  ),
  rule('less-observed', 'slo.queueSeconds', raised, 'The alert on late runs fires later.'),
  rule(
    'less-observed',
    'slo.windowDays',
    changed,
    'The error budget is counted over another time, so its alerts fire at other rates of failures.',
  ),
  rule('less-observed', 'slo.burnRates[].budgetPercent', raised, 'The alert fires at a higher rate of failures.'),
  rule('less-observed', ['slo.burnRates[].long', 'slo.burnRates[].short'], longer, 'The alert fires later.'),
  rule('less-observed', 'slo.burnRates[].severity', weakened('ticket', 'page'), 'The alert no longer pages anyone.'),
]
