import type { Environment } from '@hadal/platform/environment'
import { postgresNames } from '@hadal/platform/names'
import type { k8s } from 'cdk8s-plus-28'

/** The operator's own labels: they are on instances and on the Jobs that make them, where labels that a Cluster passes on are not. */
export const clusterPods = {
  matchExpressions: [
    { key: 'cnpg.io/cluster', operator: 'In', values: [postgresNames.cluster] },
    // Poolers bear the cluster's name too.
    { key: 'cnpg.io/poolerName', operator: 'DoesNotExist' },
  ],
} satisfies k8s.LabelSelector

/** Poolers of the environment: the one of the primary, and the one of the replicas where there are any. */
export const poolerNames = ({ postgres }: Pick<Environment, 'postgres'>): string[] =>
  postgres.kind !== 'cnpg'
    ? []
    : postgres.instances > 1
      ? [postgresNames.pooler, postgresNames.poolerReadOnly]
      : [postgresNames.pooler]

/** The pods of one Pooler. */
export const podsOfPooler = (name: string) => ({ 'cnpg.io/poolerName': name })

export const poolerPods = (environment: Pick<Environment, 'postgres'>): k8s.LabelSelector => ({
  matchExpressions: [{ key: 'cnpg.io/poolerName', operator: 'In', values: poolerNames(environment) }],
})

/** What concerns all Poolers: a policy, a monitor. */
export const poolersName = `${postgresNames.cluster}-pooler`
