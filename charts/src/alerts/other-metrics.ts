import type { Environment } from '@hadal/platform/environment'
import { postgresNames, redisName } from '@hadal/platform/names'
import { poolersName } from '../cloud-native-pg-pods.ts'
import { claimNames } from './claim-names.ts'

/**
 * Metrics of third-party programs: CloudNativePG, its backup plugin, the Redis exporter, cert-manager. No test can query these programs, so
 * each list names the place in their source that was read. A new version must be read again.
 */
export const otherMetrics = {
  'github.com/cloudnative-pg/cloudnative-pg v1.30.0, config/manager/default-monitoring.yaml and docs/src/monitoring.md':
    {
      /** Gauge of a database pod, 0 or 1: whether PostgreSQL answers. The exporter answers without it. */
      postgresUp: 'cnpg_collector_up',
      /** Gauge of a database pod, 0 or 1: whether the instance is a replica. */
      inRecovery: 'cnpg_pg_replication_in_recovery',
      /** Gauge of a database pod: number of replicas that stream from it; 0 on a replica without replicas of its own. */
      streamingReplicas: 'cnpg_pg_replication_streaming_replicas',
      /** Gauge of a database pod, by `usename`, `application_name` and `state`: age of the oldest transaction, in seconds. */
      transactionSeconds: 'cnpg_backends_max_tx_duration_seconds',
      /** Gauge of a database pod: replication lag behind the primary, in seconds; 0 on the primary. */
      replicationLag: 'cnpg_pg_replication_lag',
      /** Gauge of a database pod, by `value`: segments of the write-ahead log that wait for archiving (`ready`) or were archived (`done`). */
      walArchiveStatus: 'cnpg_collector_pg_wal_archive_status',
      /** Gauge of a database pod, by `datname`: size of a database on disk, in bytes. */
      databaseSize: 'cnpg_pg_database_size_bytes',
      /** Gauge of a database pod, by `state` and other labels: number of database sessions. */
      backends: 'cnpg_backends_total',
    },
  'github.com/cloudnative-pg/cloudnative-pg v1.30.0, docs/src/connection_pooling.md': {
    /** Gauge of a pooler's pod, by `database` and `user`: clients that wait for a connection to the server. */
    poolerWaiting: 'cnpg_pgbouncer_pools_cl_waiting',
    /** Gauge of a pooler's pod, by `database` and `user`: clients with a connection to the server. */
    poolerActive: 'cnpg_pgbouncer_pools_cl_active',
  },
  'github.com/cloudnative-pg/plugin-barman-cloud v0.14.0, internal/cnpgi/instance/metrics.go': {
    /** Gauge of a database pod: when the last restorable backup ended, in seconds since 1970; 0 if there is none. */
    lastBackup: 'barman_cloud_cloudnative_pg_io_last_available_backup_timestamp',
    /** Gauge of a database pod: when a backup last failed, in seconds since 1970; 0 if none failed. */
    lastFailedBackup: 'barman_cloud_cloudnative_pg_io_last_failed_backup_timestamp',
  },
  'github.com/oliver006/redis_exporter at cd5941f16199f1f1fa9c12b3bf24b509875c955a, exporter/exporter.go': {
    /** Gauge of a Redis node, 0 or 1: whether Redis answers its exporter. The exporter answers without it. */
    redisNodeUp: 'redis_up',
    /** Counter of Redis: keys that were evicted because memory was full. */
    redisEvicted: 'redis_evicted_keys_total',
    redisMemoryUsed: 'redis_memory_used_bytes',
    redisMemoryMost: 'redis_memory_max_bytes',
    redisHits: 'redis_keyspace_hits_total',
    redisMisses: 'redis_keyspace_misses_total',
  },
  'github.com/cert-manager/cert-manager v1.21.2, pkg/metrics/certificates_test.go': {
    /** Gauge, by `name` and `namespace` of the Certificate: when a certificate expires, in seconds since 1970. */
    certificateEnds: 'certmanager_certificate_expiration_timestamp_seconds',
  },
  'github.com/kubernetes/kubernetes at 03ac3ef25991c7a3e6660ba5bdfe9f8e4dcf6062, pkg/kubelet/metrics/collectors/volume_stats.go':
    {
      /** Gauge of a kubelet, by `namespace` and `persistentvolumeclaim`: used bytes of a mounted volume. */
      volumeUsed: 'kubelet_volume_stats_used_bytes',
      /** Gauge of a kubelet, by the same labels: size of a mounted volume in bytes. */
      volumeCapacity: 'kubelet_volume_stats_capacity_bytes',
    },
} as const

type Lists = typeof otherMetrics
type Named = { [Source in keyof Lists]: keyof Lists[Source] & string }[keyof Lists]

const all: Readonly<Record<string, string>> = Object.assign({}, ...Object.values(otherMetrics))

/** Name of a third-party metric. */
export const other = (name: Named): string => all[name] ?? name

/** The `job` label of the pods that a PodMonitor finds. */
export const jobs = {
  postgres: ({ namespace }: Pick<Environment, 'namespace'>): string => `${namespace}/${postgresNames.cluster}`,
  poolers: ({ namespace }: Pick<Environment, 'namespace'>): string =>
    `${namespace}/${poolersName(postgresNames.cluster)}`,
  redis: ({ namespace }: Pick<Environment, 'namespace'>): string => `${namespace}/${redisName}`,
} as const

/** Series of a third-party metric in a PromQL expression, selected by `job` and further labels. */
export function otherSeries(job: string, metric: string, labels: Readonly<Record<string, string>> = {}): string {
  const matchers = Object.entries({ job, ...labels }).map(([name, value]) => `${name}="${value}"`)
  return `${metric}{${matchers.join(',')}}`
}

/**
 * Labels that may have the namespace of an object in a metric of another exporter, such as cert-manager or a kubelet. Prometheus renames `namespace` to
 * `exported_namespace` if its scrape does not honour labels.
 */
export const namespaceLabels = ['namespace', 'exported_namespace'] as const

export const hasCloudNativePg = ({ postgres }: Environment): boolean => postgres.kind === 'cnpg'
export const hasReplicas = ({ postgres }: Environment): boolean => postgres.kind === 'cnpg' && postgres.instances > 1
/** Whether CloudNativePG archives the database's write-ahead log and creates backups. */
export const hasOperatedBackups = (environment: Environment): boolean =>
  hasCloudNativePg(environment) && environment.backup.kind === 's3'
export const hasRedisExporter = ({ redis }: Environment): boolean => redis.kind === 'cluster'
/** Whether a component of the environment claims a volume. */
export const hasVolumes = (environment: Environment): boolean => claimNames(environment).length > 0
/** Whether cert-manager issues certificates in the namespace. */
export const hasCertificates = ({ exposure, redis }: Environment): boolean =>
  redis.kind === 'cluster' || (exposure.kind === 'ingress' && exposure.tls)
