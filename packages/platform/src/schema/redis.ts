import { z } from 'zod'
import { Cidr, HostName, Resources, Storage } from './scalars.ts'
import { scheduling } from './scheduling.ts'

const RedisResources = Resources.default({
  requests: { cpu: '100m', memory: '256Mi', ephemeralStorage: '128Mi' },
  limits: { cpu: '1', memory: '512Mi', ephemeralStorage: '512Mi' },
})

/** Redis Cluster by an operator: masters with replicas, with TLS and ACL. */
const RedisCluster = z.strictObject({
  kind: z.literal('cluster'),
  masters: z.int().min(3).max(50).default(3),
  replicasPerMaster: z.int().min(1).max(3).default(1),
  storage: Storage.default({ size: '2Gi' }),
  resources: RedisResources,
  /** Scheduling of the pods of Redis. */
  scheduling,
})

/** Redis as one pod without a volume and without TLS. It loses its data at a restart, and is allowed only in an environment for development. */
const StandaloneRedis = z.strictObject({
  kind: z.literal('standalone'),
  resources: RedisResources,
  scheduling,
})

/** Redis server or cluster that is run outside this environment. */
const ExternalRedis = z.strictObject({
  kind: z.literal('external'),
  mode: z.enum(['single', 'cluster']),
  host: HostName,
  port: z.int().min(1).max(65_535).default(6379),
  /** IP ranges of the external Redis host, for the NetworkPolicy, which can't use host names. */
  addresses: z.array(Cidr).min(1),
  tls: z.boolean().default(true),
})

/** Redis of the environment. It only accelerates the server: a loss of its data loses no run. */
export const Redis = z.discriminatedUnion('kind', [RedisCluster, StandaloneRedis, ExternalRedis])
export type Redis = z.infer<typeof Redis>
