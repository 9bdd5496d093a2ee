import { servingCluster } from '@hadal/platform/database-clusters'
import type { Environment } from '@hadal/platform/environment'
import { agentNames, postgresNames, redisName } from '@hadal/platform/names'

/** Names of PersistentVolumeClaims of the environment, one per kind of volume: as the operators and Kubernetes name them. */
export function claimNames(environment: Pick<Environment, 'batch' | 'postgres' | 'redis'>): string[] {
  const { batch, postgres, redis } = environment
  const cluster = servingCluster(environment)
  return [
    ...(postgres.kind === 'cnpg' ? [`${cluster}-1`] : []),
    ...(postgres.kind === 'cnpg' && postgres.storage.walStorage ? [`${cluster}-1-wal`] : []),
    ...(postgres.kind === 'standalone' ? [`data-${postgresNames.cluster}-0`] : []),
    ...(redis.kind === 'cluster' ? [`${redisName}-leader-${redisName}-leader-0`] : []),
    ...(batch.kind === 'volume' ? [agentNames.batch] : []),
  ]
}
