import { postgresNames } from '@hadal/platform/names'
import type { LabelSelector } from 'kubernetes-types/meta/v1.d.ts'

/** The operator's own labels: they are on instances and on the Jobs that make them, where labels that a Cluster passes on are not. */
export const clusterPods = {
  matchExpressions: [
    { key: 'cnpg.io/cluster', operator: 'In', values: [postgresNames.cluster] },
    // Poolers bear the cluster's name too.
    { key: 'cnpg.io/poolerName', operator: 'DoesNotExist' },
  ],
} satisfies LabelSelector

export const poolerPods = {
  matchLabels: { 'cnpg.io/poolerName': postgresNames.pooler },
} satisfies LabelSelector
