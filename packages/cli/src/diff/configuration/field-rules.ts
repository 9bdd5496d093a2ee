import type { DangerRuleName } from '../danger-rule-names.ts'
import {
  changed,
  type Direction,
  doubled,
  either,
  halved,
  longer,
  lowered,
  newlyOff,
  raised,
  rarer,
  turnedOff,
  turnedOn,
  unset,
  weakened,
} from './directions.ts'

/** A danger of a single field of the configuration. */
export interface FieldRule {
  readonly rule: DangerRuleName
  /** Paths of the fields. `*` is any one part of a path, and `[]` any item of a list. */
  readonly fields: readonly string[]
  readonly when: Direction
  /** Why the change is dangerous, as a sentence. */
  readonly why: string
}

const rule = (name: DangerRuleName, fields: string | readonly string[], when: Direction, why: string): FieldRule => ({
  rule: name,
  fields: typeof fields === 'string' ? [fields] : fields,
  when,
  why,
})

const imageName = (image: unknown): string => String(image).split('@')[0] ?? ''

/**
 * Dangers of single fields, for changes that the rules over objects do not see. A field that an object rule covers has no line here.
 * `fixtures/dangerous-changes.ts` lists every field of the schema with its dangerous change.
 */
export const fieldRules: readonly FieldRule[] = [
  rule(
    'unprotected',
    'development',
    turnedOn,
    'Later changes may turn off TLS of the database, of Redis, of traces and of the exposed API.',
  ),
  rule(
    'moved-environment',
    'namespace',
    changed,
    'Every object is created again in the other namespace, where the database is empty. The old objects are deleted or no longer managed.',
  ),
  rule(
    'moved-environment',
    'cluster.server',
    changed,
    'Argo CD applies every object to another cluster, where the database is empty, and no longer manages those in the old one.',
  ),
  rule(
    'moved-environment',
    'cluster.argocdNamespace',
    changed,
    'Argo CD must watch this namespace, or nothing is applied any more. The Applications in the old namespace remain.',
  ),
  rule(
    'moved-environment',
    'cluster.operators',
    changed,
    'Pulumi removes the operators and the Argo CD that it installed, or installs them although the cluster already has them.',
  ),

  rule(
    'other-source',
    ['repository.url', 'repository.revision'],
    changed,
    'Argo CD applies the manifests of that repository and revision, which this report does not show.',
  ),
  rule(
    'other-source',
    'release.image.repository',
    changed,
    'Other people may push images there. The cluster must be allowed to pull from it.',
  ),
  rule(
    'other-source',
    'sandbox.image',
    (before, after) => imageName(before) !== imageName(after),
    'Other people may push images there. The cluster must be allowed to pull from it.',
  ),

  rule(
    'other-database',
    ['postgres.kind', 'postgres.host', 'postgres.port', 'postgres.readHost'],
    changed,
    'The server reads another database. Threads, runs and approvals that were not copied there are missing.',
  ),
  rule(
    'other-database',
    ['postgres.storage.class', 'postgres.storage.walStorage.class', 'redis.storage.class'],
    changed,
    'An existing volume keeps its class, so the change is rejected or only new volumes get the class. Its reclaim policy, snapshots and speed may differ.',
  ),

  rule(
    'weaker-backups',
    ['backup.bucket', 'backup.endpoint', 'backup.region'],
    changed,
    'The new destination has no backup until the first one is written. The old backups are no longer used for a restore and no longer expire.',
  ),
  rule(
    'weaker-backups',
    'backup.schedule',
    rarer,
    'A restore must replay more of the write-ahead log, and a broken log loses more data.',
  ),

  rule(
    'other-secrets',
    ['secrets.kind', 'secrets.store.kind', 'secrets.store.name', 'secrets.path'],
    changed,
    'Every secret is read from there. If a key is missing, pods do not start; with another encryption key, stored data is unreadable.',
  ),
  rule('other-secrets', 'secrets.refreshMinutes', doubled, 'Pods use a rotated or revoked value for that much longer.'),

  rule('tls-off', 'exposure.tls', newlyOff, 'Requests and responses can be read and changed in transit.'),
  rule(
    'tls-off',
    ['tracing.endpoint', 'models.providers.*.baseUrl'],
    (before, after) => !String(before).startsWith('http:') && String(after).startsWith('http:'),
    'Everything that is sent there, keys included, can be read and changed in transit.',
  ),
  rule(
    'tls-off',
    'models.providers.*.destination.plainHttp',
    turnedOn,
    "The provider's URL may begin with http://: prompts, model responses and the provider's key can be read in the cluster's network.",
  ),
  rule(
    'new-exposure',
    ['exposure.gateway.name', 'exposure.gateway.namespace', 'exposure.gateway.listener', 'exposure.className'],
    changed,
    'The API becomes reachable through it. It may be public, or terminate TLS elsewhere.',
  ),
  rule(
    'new-exposure',
    ['exposure.issuer.kind', 'exposure.issuer.name'],
    changed,
    'Another authority signs the certificate. Clients that do not trust it can not connect.',
  ),

  rule(
    'wider-rights',
    ['agent.serviceAccountAnnotations.*', 'postgres.serviceAccountAnnotations.*'],
    changed,
    'The cloud gives the pods of this ServiceAccount another identity, whose rights this report does not show.',
  ),

  rule(
    'other-destination',
    'models.providers.*.baseUrl',
    changed,
    "Prompts, the contents of files and the provider's key are sent there.",
  ),
  rule(
    'other-destination',
    ['models.providers.*.project', 'models.providers.*.location', 'models.providers.*.region'],
    changed,
    'Prompts and the contents of files are processed there. Its rules for data, its quotas and its models may differ.',
  ),
  rule(
    'weaker-guards',
    'models.providers.*.credentials',
    (_before, after) => after === 'key',
    'A static key in the secret store replaces the short-lived credentials of the workload identity.',
  ),
  rule(
    'other-destination',
    ['models.packages.*.package', 'models.packages.*.class', 'models.packages.*.options.*'],
    changed,
    "This code gets prompts, the contents of files and the provider's key, and its options choose where they are sent.",
  ),
  rule(
    'other-destination',
    ['tracing.endpoint', 'tracing.project'],
    changed,
    'Traces, which describe the runs of all tenants, are sent there.',
  ),
  rule(
    'other-destination',
    'tracing.kind',
    (before, after) => changed(before, after) && after !== 'none',
    'Traces, which describe the runs of all tenants, are sent to another system.',
  ),
  rule(
    'other-destination',
    ['redis.kind', 'redis.mode', 'redis.host', 'redis.port'],
    changed,
    'Cached model responses and the Redis password go there. Rate limits start from zero, and fail open if it is not reachable.',
  ),

  rule(
    'weaker-guards',
    'access.kind',
    weakened('open', 'api-keys', 'oidc'),
    'Clients that could not identify themselves are admitted.',
  ),
  rule(
    'weaker-guards',
    ['access.issuer', 'access.audience'],
    changed,
    'Other tokens are accepted, and those of the present clients are rejected.',
  ),
  rule('weaker-guards', 'approvals.enabled', turnedOff, 'Dangerous tool calls are executed without a person.'),
  rule(
    'weaker-guards',
    'approvals.expireHours',
    doubled,
    'A forgotten approval can be granted that much later, when its reason may no longer hold.',
  ),
  rule('weaker-guards', 'validation.enabled', turnedOff, 'Requests are no longer searched for injected instructions.'),
  rule(
    'weaker-guards',
    'validation.onFinding',
    weakened('flag', 'block'),
    'Requests with injected instructions reach the model.',
  ),
  rule(
    'weaker-guards',
    'sandbox.runtimeClass',
    changed,
    'The isolation of the commands of agents differs. Without a RuntimeClass it is that of an ordinary container.',
  ),
  rule(
    'weaker-guards',
    'sandbox.kind',
    changed,
    'Agents may run commands, or those that could no longer can: a run whose agent has the backend "sandbox" fails.',
  ),
  rule(
    'weaker-guards',
    'postgres.privateCa',
    changed,
    "The database's certificate is verified with other authorities. Those of the public are trusted if it is false.",
  ),

  rule(
    'weaker-guards',
    'trustedCertificates.*',
    changed,
    'The server and its agents trust every certificate that this CA signs, for any host: also for the model providers.',
  ),

  rule('shorter-retention', 'retention.checkpointDays', lowered, 'Older threads can no longer be read or continued.'),
  rule(
    'shorter-retention',
    'retention.keepLatestOnly',
    turnedOn,
    'The history of idle threads is deleted, so they can not be continued from an earlier step.',
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
    ['limits.requestsPerMinute', 'limits.burst', 'limits.bodyBytes', 'limits.concurrentRunsPerTenant'],
    halved,
    'Requests that were accepted are rejected.',
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
    doubled,
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
