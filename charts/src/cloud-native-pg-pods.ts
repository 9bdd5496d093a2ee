import type { Environment } from '@hadal/platform/environment'
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

/** Names of the environment's Poolers: one for the primary, and one for the replicas if there are replicas. */
export const poolerNames = ({ postgres }: Pick<Environment, 'postgres'>): string[] =>
  postgres.kind !== 'cnpg'
    ? []
    : postgres.instances > 1
      ? [postgresNames.pooler, postgresNames.poolerReadOnly]
      : [postgresNames.pooler]

/** Labels of the pods of one Pooler. */
export const podsOfPooler = (name: string) => ({ 'cnpg.io/poolerName': name })

export const poolerPods = (environment: Pick<Environment, 'postgres'>): k8s.LabelSelector => ({
  matchExpressions: [{ key: 'cnpg.io/poolerName', operator: 'In', values: poolerNames(environment) }],
})

/** Name of objects that concern all Poolers: their network policy and their PodMonitor. */
export const poolersName = `${postgresNames.cluster}-pooler`
