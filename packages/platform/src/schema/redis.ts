import { z } from 'zod'
import { Cidr, HostName, Resources, Storage } from './scalars.ts'

const RedisResources = Resources.default({
  requests: { cpu: '100m', memory: '256Mi', ephemeralStorage: '128Mi' },
  limits: { cpu: '1', memory: '512Mi', ephemeralStorage: '512Mi' },
})

/** Masters with replicas by an operator; TLS and ACL on. */
const RedisCluster = z.strictObject({
  kind: z.literal('cluster'),
  masters: z.int().min(3).max(50).default(3),
  replicasPerMaster: z.int().min(1).max(3).default(1),
  storage: Storage.default({ size: '2Gi' }),
  resources: RedisResources,
})

/** One pod without a volume: what is in it may be lost. Without TLS, so refused where the environment is protected. */
const StandaloneRedis = z.strictObject({ kind: z.literal('standalone'), resources: RedisResources })

/** A server or cluster that somebody else runs. */
const ExternalRedis = z.strictObject({
  kind: z.literal('external'),
  mode: z.enum(['single', 'cluster']),
  host: HostName,
  port: z.int().min(1).max(65_535).default(6379),
  /** Addresses behind the host name, for the NetworkPolicy, which knows no names. */
  addresses: z.array(Cidr).min(1),
  tls: z.boolean().default(true),
})

/** An accelerator: losing all of it loses no run. */
export const Redis = z.discriminatedUnion('kind', [RedisCluster, StandaloneRedis, ExternalRedis])
export type Redis = z.infer<typeof Redis>
