import { ports, redisName } from '@hadal/platform/names'

/** Ports of a node that the operator makes, beside that of clients. */
export const redisNodePorts = {
  /** Where nodes speak to each other: clients' port and 10000. */
  bus: ports.redis + 10_000,
  exporter: 9121,
} as const

/** How the operator names the two kinds of node, and what it makes of each: a StatefulSet, Services, a disruption budget. */
export const redisNodes = ['leader', 'follower'] as const
export type RedisNode = (typeof redisNodes)[number]

export const redisNodeSet = (node: RedisNode): string => `${redisName}-${node}`

/** Labels that pick out one kind of node, as the operator's own budget has them. */
export const redisNodeLabels = (node: RedisNode) => ({ app: redisNodeSet(node), role: node })
