import {
  changed,
  doubled,
  extended,
  lowered,
  newlyOff,
  raised,
  rarer,
  turnedOff,
  turnedOn,
  weakened,
} from './directions.ts'
import { type FieldRule, rule } from './field-rule.ts'

const imageName = (image: unknown): string => String(image).split('@')[0] ?? ''

/** Dangers of fields that say where the environment and its secrets come from, where its data goes, and what guards it. */
export const trustRules: readonly FieldRule[] = [
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
    'weaker-backups',
    'backup.archive.schedule',
    rarer,
    'If the database is lost, everything since the last backup is lost.',
  ),
  rule('weaker-backups', 'backup.archive.retentionDays', lowered, 'Older backups are deleted.'),
  rule(
    'weaker-backups',
    'backup.drill.schedule',
    rarer,
    'Backups that can not be restored are found later, perhaps when they are needed.',
  ),
  rule(
    'weaker-backups',
    'backup.drill.storage.size',
    lowered,
    'A database that does not fit can not be restored by the drill, so no backup is tested.',
  ),
  rule(
    'weaker-backups',
    'backup.archive.recipients',
    changed,
    'Only the identities of these recipients decrypt later backups. Without a recipient, everyone who can read the bucket reads all threads.',
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
    ['agent.serviceAccountAnnotations.*', 'postgres.serviceAccountAnnotations.*', 'backup.serviceAccountAnnotations.*'],
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
    (before, after) => before !== 'open' && after === 'open',
    'Every client that reaches the API may do everything, with the threads of all users. Threads of tenants other than "default" are no longer reachable.',
  ),
  rule(
    'weaker-guards',
    'access.kind',
    (before, after) => before !== 'custom' && after === 'custom',
    "The project's own code decides who a caller is and what it may do. This report does not show it.",
  ),
  rule(
    'lost-clients',
    'access.kind',
    (before, after) => before !== after && after !== 'open',
    'Requests without the new credentials are refused. A user with another id than before does not see the former threads, and threads from a time without sign-in are visible to administrators only.',
  ),
  rule(
    'weaker-guards',
    ['access.issuer', 'access.audience'],
    changed,
    'Other tokens are accepted, and those of the present clients are rejected.',
  ),
  rule('weaker-guards', 'access.algorithms', extended, 'Tokens with a signature of this algorithm are accepted too.'),
  rule('weaker-guards', 'access.clockSkewSeconds', raised, 'An expired token is accepted for that much longer.'),
  rule(
    'weaker-guards',
    'access.trustSeconds',
    raised,
    'While the database is away, a revoked key is accepted for that much longer.',
  ),
  rule(
    'weaker-guards',
    'access.share',
    weakened('tenant', 'none'),
    'Each user sees the threads, assistants and items of all users of the tenant.',
  ),
  rule('weaker-guards', 'access.approvalByOthers', turnedOff, 'The user whose run asks for an approval may give it.'),
  rule(
    'weaker-guards',
    'access.claims.user',
    changed,
    'Users have other ids: they do not see their former threads, and a user whose new id equals a former id of another sees the threads of that one.',
  ),
  rule(
    'weaker-guards',
    ['access.claims.tenant', 'access.tenantField'],
    changed,
    'Users belong to other tenants: they see what belongs to these, and no longer their former threads.',
  ),
  rule(
    'wider-rights',
    'access.claims.roles',
    changed,
    'Roles come from another claim, which may give users more rights.',
  ),
  rule(
    'wider-rights',
    ['access.roles.*', 'access.defaultRoles'],
    extended,
    'These users may do more. With "administer" they see and change everything of their tenant.',
  ),
  rule(
    'weaker-guards',
    'exposure.trustedProxies',
    changed,
    'If the proxies append fewer addresses than this, a client can forge its address and evade its rate limit. If they append more, all clients share one limit.',
  ),
  rule(
    'weaker-guards',
    'corsOrigins',
    extended,
    'Scripts of the pages of these origins may call the API from the browsers of people who reach it.',
  ),
  rule(
    'weaker-guards',
    'encryption',
    weakened('off', 'required'),
    'What agents store from now on can be read by everyone who can read the database or its backups.',
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
]
