import type { Environment } from '@hadal/platform/environment'
import { poolerNamesOf } from '@hadal/platform/names'
import type { k8s } from 'cdk8s-plus-28'

/**
 * Selector of the pods of a CloudNativePG Cluster, by CloudNativePG's own labels. Jobs that create an instance have these labels, but not the
 * labels that a Cluster passes on.
 */
export const clusterPods = (cluster: string) =>
  ({
    matchExpressions: [
      { key: 'cnpg.io/cluster', operator: 'In', values: [cluster] },
      // Poolers have the label of the cluster too.
      { key: 'cnpg.io/poolerName', operator: 'DoesNotExist' },
    ],
  }) satisfies k8s.LabelSelector

/** Labels of the pod that is the primary of a CloudNativePG Cluster. */
export const primaryPod = (cluster: string) => ({ 'cnpg.io/cluster': cluster, 'cnpg.io/instanceRole': 'primary' })

/** Names of the Poolers of a Cluster: one for the primary, and one for the replicas if there are replicas. */
export function poolerNames({ postgres }: Pick<Environment, 'postgres'>, cluster: string): string[] {
  if (postgres.kind !== 'cnpg') return []
  const { readWrite, readOnly } = poolerNamesOf(cluster)
  return postgres.instances > 1 ? [readWrite, readOnly] : [readWrite]
}

/** Labels of the pods of one Pooler. */
export const podsOfPooler = (name: string) => ({ 'cnpg.io/poolerName': name })

export const poolerPods = (environment: Pick<Environment, 'postgres'>, cluster: string): k8s.LabelSelector => ({
  matchExpressions: [{ key: 'cnpg.io/poolerName', operator: 'In', values: poolerNames(environment, cluster) }],
})

/** Name of objects that concern all Poolers of a Cluster: their network policy and their PodMonitor. */
export const poolersName = (cluster: string): string => `${cluster}-pooler`
