import { poolerResources } from '@hadal/platform/fixed-resources'
import { poolerNamesOf, selectorLabels } from '@hadal/platform/names'
import type { Postgres } from '@hadal/platform/schema/postgres'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'
import { podsOfPooler } from '../../cloud-native-pg-pods.ts'
import type { EnvironmentProps } from '../../environment-props.ts'
import { Pooler, PoolerSpecPgbouncerPoolMode, PoolerSpecType } from '../../generated/postgresql.cnpg.io.js'
import { imageReference } from '../../images.ts'
import { podLabels } from '../../pod-labels.ts'
import { podScheduling } from '../../pod-scheduling.ts'
import { resourceRequirements } from '../../resource-requirements.ts'

export interface PostgresPoolerProps extends EnvironmentProps {
  /** Name of the Pooler and of its Service: `<cluster>-pooler-rw` connects to the primary, `<cluster>-pooler-ro` to the replicas. */
  readonly name: string
  /** Name of the Cluster. It can not be changed: another Cluster has Poolers of its own. */
  readonly cluster: string
  readonly postgres: Extract<Postgres, { kind: 'cnpg' }>
}

/**
 * Maximum number of prepared statements that PgBouncer keeps on one connection to PostgreSQL: those of two releases side by side. A server prepares
 * at most 100.
 */
const preparedStatements = 200

/**
 * PgBouncer in front of the primary or of the replicas, with a disruption budget. The operator itself runs PgBouncer as user 998, without
 * privileges and on a read-only root; it leaves image, resources and scheduling to this template.
 */
export class PostgresPooler extends Construct {
  constructor(scope: Construct, id: string, { name, cluster, environment, postgres }: PostgresPoolerProps) {
    super(scope, id)
    const settings = postgres.pooler
    const labelSelector = { matchLabels: podsOfPooler(name) }
    new Pooler(this, 'pooler', {
      metadata: { name, labels: selectorLabels('pooler') },
      spec: {
        cluster: { name: cluster },
        instances: settings.instances,
        type: name === poolerNamesOf(cluster).readOnly ? PoolerSpecType.RO : PoolerSpecType.RW,
        pgbouncer: {
          poolMode: PoolerSpecPgbouncerPoolMode.TRANSACTION,
          parameters: {
            max_client_conn: String(settings.maxClientConnections),
            default_pool_size: String(settings.serverConnections),
            max_prepared_statements: String(preparedStatements),
          },
        },
        template: {
          metadata: { labels: podLabels(this, 'pooler') },
          spec: {
            ...podScheduling(environment, postgres.scheduling),
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
    })
    // The operator makes a budget for the instances of the database (`enablePDB`), and none for poolers.
    if (settings.instances > 1)
      new k8s.KubePodDisruptionBudget(this, 'disruption-budget', {
        metadata: { name, labels: selectorLabels('pooler') },
        spec: {
          maxUnavailable: k8s.IntOrString.fromNumber(1),
          selector: labelSelector,
          unhealthyPodEvictionPolicy: 'AlwaysAllow',
        },
      })
  }
}
