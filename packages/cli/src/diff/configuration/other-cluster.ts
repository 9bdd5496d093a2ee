import { isDeepStrictEqual } from 'node:util'
import { type DatabaseCluster, databaseClusters, servingCluster } from '@hadal/platform/database-clusters'
import type { Environment } from '@hadal/platform/environment'
import type { ConfigurationDanger } from './configuration-danger.ts'

/** Finds another Cluster of CloudNativePG that the servers use, and Clusters of which another recovery is written than the one that created them. */
export function otherCluster(before: Environment, after: Environment): ConfigurationDanger[] {
  if (before.postgres.kind !== 'cnpg' || after.postgres.kind !== 'cnpg') return []
  const [old, fresh] = [servingCluster(before), servingCluster(after)]
  const found: ConfigurationDanger[] = []
  if (old !== fresh)
    found.push({
      rule: 'other-database',
      field: 'postgres.recovery.serves',
      what: `The servers use the Cluster ${fresh} in place of ${old}.`,
      why: `Threads, runs and approvals that only ${old} has are missing, and what is written from now on is only in ${fresh}.`,
    })
  const known = new Map(databaseClusters(before).map((cluster) => [cluster.name, cluster]))
  for (const cluster of databaseClusters(after)) {
    const earlier = known.get(cluster.name)
    if (!earlier || isDeepStrictEqual(recoveryText(earlier), recoveryText(cluster))) continue
    found.push({
      rule: 'other-database',
      field: 'postgres.recovery',
      what: `The Cluster ${cluster.name} is now ${recoveryText(cluster)}. It was ${recoveryText(earlier)}.`,
      why: 'CloudNativePG reads it only when it creates the Cluster: an existing one keeps its data, and one that is created again gets other data. Use another name for another recovery.',
    })
  }
  return found
}

const recoveryText = ({ recovery }: DatabaseCluster): string =>
  recovery ? `recovered from ${recovery.from} to ${recovery.to}` : 'created as an empty database'
