import type { Environment } from './environment.ts'
import { postgresNames } from './names.ts'
import type { Recovery } from './schema/postgres.ts'

/** A Cluster of CloudNativePG that an environment renders. */
export interface DatabaseCluster {
  readonly name: string
  /** Recovery that created the Cluster. Undefined if it began as an empty database. */
  readonly recovery: Pick<Recovery, 'from' | 'to'> | undefined
  /** Whether the servers use this Cluster. Exactly one of the Clusters is used. */
  readonly serves: boolean
}

/**
 * Clusters of CloudNativePG that an environment renders: the living one, and during a recovery the recovered one beside it. Empty for other kinds of
 * database.
 */
export function databaseClusters({ postgres }: Pick<Environment, 'postgres'>): DatabaseCluster[] {
  if (postgres.kind !== 'cnpg') return []
  const { recovery, recovered } = postgres
  const last = recovered.at(-1)
  const living = { name: last?.name ?? postgresNames.cluster, recovery: last, serves: !recovery?.serves }
  return recovery ? [living, { name: recovery.name, recovery, serves: recovery.serves }] : [living]
}

/** Name of the Cluster of CloudNativePG, or of the StatefulSet, that the servers use. */
export const servingCluster = (environment: Pick<Environment, 'postgres'>): string =>
  databaseClusters(environment).find(({ serves }) => serves)?.name ?? postgresNames.cluster

/** Whether the Cluster that serves was created by a recovery. */
export const isRecovered = (environment: Pick<Environment, 'postgres'>): boolean =>
  databaseClusters(environment).some(({ serves, recovery }) => serves && recovery !== undefined)
