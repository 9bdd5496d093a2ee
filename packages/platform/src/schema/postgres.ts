import { z } from 'zod'
import { Cidr, HostName, Resources, Storage } from './scalars.ts'

/** The guide's five pool settings, of one pod. At most `size + overflow` connections, the queue's included. */
export const Pool = z.strictObject({
  size: z.int().min(1).max(100).default(10),
  overflow: z.int().min(0).max(200).default(20),
  /** Seconds that a caller waits for a connection before it gets an error. */
  timeoutSeconds: z.int().min(1).max(300).default(30),
  /** Seconds after which a connection is replaced. */
  recycleSeconds: z.int().min(60).max(86_400).default(1800),
  /** Whether a connection that idled is checked before it is used. */
  prePing: z.boolean().default(true),
})
export type Pool = z.infer<typeof Pool>

const pool = Pool.prefault({})
const maxConnections = z.int().min(10).max(10_000)
const DatabaseResources = Resources.default({
  requests: { cpu: '500m', memory: '1Gi', ephemeralStorage: '256Mi' },
  limits: { cpu: '2', memory: '2Gi', ephemeralStorage: '1Gi' },
})

/** PgBouncer in front of the server. Transaction mode: the listener and migrations take `direct-url`. */
const Pooler = z.strictObject({
  instances: z.int().min(1).max(20).default(2),
  /** Client connections that one pooler instance admits. */
  maxClientConnections: z.int().min(10).max(10_000).default(1000),
  /** Server connections that one pooler instance opens. */
  serverConnections: z.int().min(1).max(500).default(40),
})

/** Three instances by CloudNativePG, one of them a synchronous replica. */
const CloudNativePg = z.strictObject({
  kind: z.literal('cnpg'),
  pool,
  instances: z.int().min(1).max(9).default(3),
  storage: Storage.default({ size: '20Gi' }),
  resources: DatabaseResources,
  maxConnections: maxConnections.default(300),
  pooler: Pooler.prefault({}),
})

/** One pod with one volume: for development. */
const StandalonePostgres = z.strictObject({
  kind: z.literal('standalone'),
  pool,
  storage: Storage.default({ size: '5Gi' }),
  resources: DatabaseResources,
  maxConnections: maxConnections.default(150),
})

/** A server that somebody else runs; Pulumi makes its roles and databases. */
const ExternalPostgres = z.strictObject({
  kind: z.literal('external'),
  pool,
  host: HostName,
  port: z.int().min(1).max(65_535).default(5432),
  /** Host of a read replica, where there is one. */
  readHost: HostName.optional(),
  /** Addresses behind the host names, for the NetworkPolicy, which knows no names. */
  addresses: z.array(Cidr).min(1),
  /** Connections that the server, or the pooler in front of it, grants this environment. */
  maxConnections: maxConnections.default(200),
  /** `verify-full` checks the certificate and its name. `disable` is refused where the environment is protected. */
  tls: z.enum(['verify-full', 'disable']).default('verify-full'),
  /** Whether an authority of one's own signed its certificate: `database-ca/ca.crt` then holds it. */
  privateCa: z.boolean().default(false),
})

export const Postgres = z.discriminatedUnion('kind', [CloudNativePg, StandalonePostgres, ExternalPostgres])
export type Postgres = z.infer<typeof Postgres>
