import { ports, redisName } from '@hadal/platform/names'

/** Ports that Redis nodes use in addition to the port for clients. */
export const redisNodePorts = {
  /** Port of the Redis Cluster bus between nodes: the port for clients plus 10000. */
  bus: ports.redis + 10_000,
  exporter: 9121,
} as const

/** The redis-operator's names for masters and replicas. It creates a StatefulSet, Services and a PodDisruptionBudget for each. */
export const redisNodes = ['leader', 'follower'] as const
export type RedisNode = (typeof redisNodes)[number]

export const redisNodeSet = (node: RedisNode): string => `${redisName}-${node}`

/** Selector labels of one kind of node, the same as in the operator's own disruption budget. */
export const redisNodeLabels = (node: RedisNode) => ({ app: redisNodeSet(node), role: node })
