import type { Environment } from '@hadal/platform/environment'
import { poolerResources } from '@hadal/platform/fixed-resources'
import { labels, postgresNames } from '@hadal/platform/names'
import type { Postgres } from '@hadal/platform/schema/postgres'
import { podsOfPooler, poolerNames } from '../../cloud-native-pg-pods.ts'
import { imageReference } from '../../images.ts'
import type { Manifest } from '../../manifest.ts'
import { resourceRequirements } from '../../resource-requirements.ts'

type CloudNativePg = Extract<Postgres, { kind: 'cnpg' }>

/** PgBouncer in front of the primary, and of the replicas where there are any, each with what a drained node must leave of it. */
export const poolers = (environment: Environment, postgres: CloudNativePg): Manifest[] =>
  poolerNames(environment).flatMap((name) => [
    pooler(environment, postgres, name),
    ...disruptionBudget(environment, postgres, name),
  ])

/**
 * The operator itself runs PgBouncer with user 998, without privileges and on a read-only root; what it doesn't decide is the image, what it
 * may take and where it stands.
 */
function pooler(environment: Environment, { pooler }: CloudNativePg, name: string): Manifest {
  const labelSelector = { matchLabels: podsOfPooler(name) }
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Pooler',
    metadata: { name, labels: labels(environment, 'pooler') },
    spec: {
      cluster: { name: postgresNames.cluster },
      instances: pooler.instances,
      type: name === postgresNames.poolerReadOnly ? 'ro' : 'rw',
      pgbouncer: {
        poolMode: 'transaction',
        parameters: {
          max_client_conn: String(pooler.maxClientConnections),
          default_pool_size: String(pooler.serverConnections),
        },
      },
      template: {
        metadata: { labels: labels(environment, 'pooler') },
        spec: {
          containers: [
            {
              name: 'pgbouncer',
              image: imageReference('pgbouncer'),
              imagePullPolicy: 'Always',
              resources: resourceRequirements(poolerResources),
            },
          ],
          affinity: {
            podAntiAffinity: {
              preferredDuringSchedulingIgnoredDuringExecution: [
                { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector } },
              ],
            },
          },
          topologySpreadConstraints: [
            {
              maxSkew: 1,
              topologyKey: 'topology.kubernetes.io/zone',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector,
            },
          ],
        },
      },
    },
  }
}

/** The operator makes one for the instances of the database (`enablePDB`), none for poolers. */
function disruptionBudget(environment: Environment, { pooler }: CloudNativePg, name: string): Manifest[] {
  if (pooler.instances === 1) return []
  return [
    {
      apiVersion: 'policy/v1',
      kind: 'PodDisruptionBudget',
      metadata: { name, labels: labels(environment, 'pooler') },
      spec: {
        maxUnavailable: 1,
        selector: { matchLabels: podsOfPooler(name) },
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
      },
    },
  ]
}
