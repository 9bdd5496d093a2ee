import { servingCluster } from '@hadal/platform/database-clusters'
import type { Environment } from '@hadal/platform/environment'
import { hasReadReplicas } from '@hadal/platform/has-read-replicas'
import { poolerNamesOf, ports, postgresNames, selectorLabels } from '@hadal/platform/names'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'
import { podsOfPooler, primaryPod } from '../../cloud-native-pg-pods.ts'
import type { EnvironmentProps } from '../../environment-props.ts'

/** Names of the Services of the database, which the addresses in `db-credentials` contain. */
export const serviceNames = (environment: Pick<Environment, 'postgres'>): string[] => [
  postgresNames.service,
  postgresNames.direct,
  ...(hasReadReplicas(environment) ? [postgresNames.read] : []),
]

/**
 * Services of the Cluster that serves. The operator's own Services have the name of one Cluster, and a Pooler can not change its Cluster, so that a
 * switch-over would change every address.
 */
export class DatabaseServices extends Construct {
  constructor(scope: Construct, id: string, { environment }: EnvironmentProps) {
    super(scope, id)
    const cluster = servingCluster(environment)
    const { readWrite, readOnly } = poolerNamesOf(cluster)
    const selectors: Readonly<Record<string, Record<string, string>>> = {
      [postgresNames.service]: podsOfPooler(readWrite),
      [postgresNames.direct]: primaryPod(cluster),
      [postgresNames.read]: podsOfPooler(readOnly),
    }
    for (const name of serviceNames(environment))
      new k8s.KubeService(this, name, {
        metadata: { name, labels: selectorLabels('database') },
        spec: {
          selector: selectors[name],
          ports: [
            {
              name: 'postgres',
              port: ports.postgres,
              targetPort: k8s.IntOrString.fromNumber(ports.postgres),
              protocol: 'TCP',
            },
          ],
        },
      })
  }
}
