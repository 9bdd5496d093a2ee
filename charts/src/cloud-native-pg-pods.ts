import { postgresNames } from '@hadal/platform/names'
import type { k8s } from 'cdk8s-plus-28'

/**
 * Selector of the pods of CloudNativePG's Cluster, by CloudNativePG's own labels. Jobs that create an instance have these labels, but not the
 * labels that a Cluster passes on.
 */
export const clusterPods = {
  matchExpressions: [
    { key: 'cnpg.io/cluster', operator: 'In', values: [postgresNames.cluster] },
    // Poolers have the label of the cluster too.
    { key: 'cnpg.io/poolerName', operator: 'DoesNotExist' },
  ],
} satisfies k8s.LabelSelector

/** Selector of the pods of the Pooler. */
export const poolerPods = {
  matchLabels: { 'cnpg.io/poolerName': postgresNames.pooler },
} satisfies k8s.LabelSelector

/** Name of the Pooler's network policy and PodMonitor. */
export const poolersName = `${postgresNames.cluster}-pooler`
