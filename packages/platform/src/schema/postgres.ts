import { z } from 'zod'
import { Cidr, DnsLabel, HostName, Resources, Storage } from './scalars.ts'
import { scheduling, serviceAccountAnnotations } from './scheduling.ts'

/** Connection pool of one pod: the guide's five settings. The maximum is `size + overflow` connections, including the queue's. */
export const Pool = z.strictObject({
  size: z.int().min(1).max(100).default(10),
  overflow: z.int().min(0).max(200).default(20),
  /** Maximum time that a query waits for a connection of the pool, in seconds. */
  timeoutSeconds: z.int().min(1).max(300).default(30),
  /** Maximum age of a connection of the pool, in seconds. */
  recycleSeconds: z.int().min(60).max(86_400).default(1800),
  /** Whether the pool tests an idle connection before it is used. */
  prePing: z.boolean().default(true),
})
export type Pool = z.infer<typeof Pool>

const pool = Pool.prefault({})
const maxConnections = z.int().min(10).max(10_000)
const DatabaseResources = Resources.default({
  requests: { cpu: '500m', memory: '1Gi', ephemeralStorage: '256Mi' },
  limits: { cpu: '2', memory: '2Gi', ephemeralStorage: '1Gi' },
})

/** PgBouncer in front of the server, in transaction mode. The listener and migrations bypass it by `direct-url`. */
const Pooler = z.strictObject({
  instances: z.int().min(1).max(20).default(2),
  /** Maximum number of client connections of one PgBouncer instance. */
  maxClientConnections: z.int().min(10).max(10_000).default(1000),
  /** Maximum number of connections from one PgBouncer instance to the PostgreSQL server. */
  serverConnections: z.int().min(1).max(500).default(40),
})

/**
 * Volumes of each instance of CloudNativePG's Cluster. With `walStorage` the write-ahead log has a volume of its own, so that a log that is not
 * archived can't fill the volume of the data. CloudNativePG can add it to a running database, but can't remove it.
 */
const DatabaseStorage = Storage.extend({ walStorage: Storage.optional() })

const withSeconds = /T\d\d:\d\d:\d\d/
const datetime = z.iso.datetime({ offset: true })

/** Time of a recovery: `latest`, or a time with a time zone. */
const RecoveryTime = z
  .string()
  .refine(
    (time) => time === 'latest' || (withSeconds.test(time) && datetime.safeParse(time).success),
    'a time with seconds and a time zone, e.g. "2025-01-31T10:15:00Z", or "latest"',
  )

/** How a Cluster of CloudNativePG was created from the archive of another one. */
const FinishedRecovery = z.strictObject({
  /** Name of the Cluster from whose archive the new one is created. */
  from: DnsLabel,
  /**
   * Time to which the data is recovered: `latest` for the end of the archive. A transaction after that time must be in the archive, or CloudNativePG's
   * recovery fails.
   */
  to: RecoveryTime,
  /** Name of the new Cluster and of its own archive. It begins with `postgres-`, and no earlier Cluster may have had it. */
  name: DnsLabel,
})

const Recovery = FinishedRecovery.extend({
  /**
   * Whether the servers use the recovered Cluster. The living one then keeps its data and its archive, and accepts no connections of the servers, so that
   * `false` leads back to it.
   */
  serves: z.boolean().default(false),
})
export type Recovery = z.infer<typeof Recovery>

/** Schema of the recovery fields of other kinds of database: refused, with the reason. */
const noRecovery = (reason: string) => z.never({ error: reason }).optional()
const standaloneHasNone =
  'absent: a standalone database has no archive of its write-ahead log, so no point in time exists to which it could be recovered; restore a backup with hadal-runtime restore'
const externalHasNone =
  'absent: the provider of an external database keeps the archive of its write-ahead log; recover there into a new database, and change postgres.host'

/** PostgreSQL by CloudNativePG: three instances by default, one of them a synchronous replica. */
const CloudNativePg = z.strictObject({
  kind: z.literal('cnpg'),
  pool,
  instances: z.int().min(1).max(9).default(3),
  storage: DatabaseStorage.default({ size: '20Gi' }),
  resources: DatabaseResources,
  maxConnections: maxConnections.default(300),
  pooler: Pooler.prefault({}),
  /** Scheduling of the pods of the database and of its poolers. */
  scheduling,
  /** Annotations of the ServiceAccount of the database's pods, which write backups. */
  serviceAccountAnnotations,
  /** Recovery that is under way: a new Cluster is rendered beside the living one, which does not change. */
  recovery: Recovery.optional(),
  /** Recoveries that are finished, oldest first. The last one created the living Cluster; without one its name is `postgres`. */
  recovered: z.array(FinishedRecovery).default([]),
})

/** PostgreSQL as one pod with one volume, for development. */
const StandalonePostgres = z.strictObject({
  kind: z.literal('standalone'),
  pool,
  storage: Storage.default({ size: '5Gi' }),
  resources: DatabaseResources,
  maxConnections: maxConnections.default(150),
  scheduling,
  recovery: noRecovery(standaloneHasNone),
  recovered: noRecovery(standaloneHasNone),
})

/** PostgreSQL that is run outside this environment. Pulumi creates its role and database. */
const ExternalPostgres = z.strictObject({
  kind: z.literal('external'),
  pool,
  host: HostName,
  port: z.int().min(1).max(65_535).default(5432),
  /**
   * Host name of the database's read replicas, if there are any: a replica, or a load balancer or pooler in front of several. Searches, lists and
   * histories that may lag are read there. `addresses` must include its addresses, and `port` is its port.
   */
  readHost: HostName.optional(),
  /** IP ranges of the PostgreSQL hosts, for the NetworkPolicy, which can't use host names. */
  addresses: z.array(Cidr).min(1),
  /** Maximum number of connections that the external PostgreSQL server, or the pooler in front of it, allows this environment. */
  maxConnections: maxConnections.default(200),
  /**
   * Whether the servers prepare statements that they use often, which saves most of PostgreSQL's planning. It requires that `host` and `readHost` are PostgreSQL
   * itself, or a connection pooler that supports prepared statements: PgBouncer since 1.21 with `max_prepared_statements` of at least 200.
   */
  preparedStatements: z.boolean().default(false),
  /**
   * TLS of connections to an external PostgreSQL server. `verify-full` verifies the certificate and the host name. `disable` is allowed
   * only in an environment for development.
   */
  tls: z.enum(['verify-full', 'disable']).default('verify-full'),
  /** Whether a private CA signed the PostgreSQL server's certificate. If so, the secret `database-ca/ca.crt` must hold that CA's certificate. */
  privateCa: z.boolean().default(false),
  recovery: noRecovery(externalHasNone),
  recovered: noRecovery(externalHasNone),
})

export const Postgres = z.discriminatedUnion('kind', [CloudNativePg, StandalonePostgres, ExternalPostgres])
export type Postgres = z.infer<typeof Postgres>
