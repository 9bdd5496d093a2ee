import { ports, redisName } from '@hadal/platform/names'

/** Ports of the operator's nodes besides the clients' port. */
export const redisNodePorts = {
  /** The cluster bus between nodes: the clients' port plus 10000. */
  bus: ports.redis + 10_000,
  exporter: 9121,
} as const

/** The operator's names for masters and replicas. It makes a StatefulSet, Services and a disruption budget of each. */
export const redisNodes = ['leader', 'follower'] as const
export type RedisNode = (typeof redisNodes)[number]

export const redisNodeSet = (node: RedisNode): string => `${redisName}-${node}`

/** Selector labels of one kind of node, the same as in the operator's own disruption budget. */
export const redisNodeLabels = (node: RedisNode) => ({ app: redisNodeSet(node), role: node })
