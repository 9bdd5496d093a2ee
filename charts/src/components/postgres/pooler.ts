import type { Environment } from '@hadal/platform/environment'
import { poolerResources } from '@hadal/platform/fixed-resources'
import { labels, postgresNames } from '@hadal/platform/names'
import type { Postgres } from '@hadal/platform/schema/postgres'
import { imageReference } from '../../images.ts'
import type { Manifest } from '../../manifest.ts'
import { resourceRequirements } from '../../resource-requirements.ts'

type CloudNativePg = Extract<Postgres, { kind: 'cnpg' }>

/**
 * PgBouncer by CloudNativePG. The operator itself runs it with user 998, without privileges and on a read-only root; what it doesn't
 * decide is the image and what it may take.
 */
export function pooler(environment: Environment, { pooler }: CloudNativePg): Manifest {
  return {
    apiVersion: 'postgresql.cnpg.io/v1',
    kind: 'Pooler',
    metadata: { name: postgresNames.pooler, labels: labels(environment, 'pooler') },
    spec: {
      cluster: { name: postgresNames.cluster },
      instances: pooler.instances,
      type: 'rw',
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
        },
      },
    },
  }
}
