import type { Environment } from '@hadal/platform/environment'
import { labels, postgresNames, serviceHost } from '@hadal/platform/names'
import type { Postgres } from '@hadal/platform/schema/postgres'
import { poolerNames } from '../../cloud-native-pg-pods.ts'
import { imageReference } from '../../images.ts'
import type { Manifest } from '../../manifest.ts'
import { mebibytes } from '../../mebibytes.ts'
import { resourceRequirements } from '../../resource-requirements.ts'
import { keepAnnotation } from '../../waves.ts'
import { cloudNativePgBackup } from './cloud-native-pg-backup.ts'
import { poolers } from './pooler.ts'

type CloudNativePg = Extract<Postgres, { kind: 'cnpg' }>

/** CloudNativePG's Cluster with the poolers in front of it, and its backups. */
export function cloudNativePg(environment: Environment, postgres: CloudNativePg): Manifest[] {
  const backup = cloudNativePgBackup(environment)
  return [
    {
      apiVersion: 'postgresql.cnpg.io/v1',
      kind: 'Cluster',
      metadata: { name: postgresNames.cluster, labels: labels(environment, 'database'), annotations: keepAnnotation },
      spec: {
        description: `Threads, runs and checkpoints of ${environment.name}`,
        imageName: imageReference('cloudnative-pg'),
        imagePullPolicy: 'Always',
        instances: postgres.instances,
        enableSuperuserAccess: false,
        enablePDB: postgres.instances > 1,
        primaryUpdateStrategy: 'unsupervised',
        primaryUpdateMethod: postgres.instances > 1 ? 'switchover' : 'restart',
        bootstrap: {
          initdb: {
            database: postgresNames.database,
            owner: postgresNames.owner,
            secret: { name: 'db-credentials' },
            dataChecksums: true,
          },
        },
        // The server's certificate must bear the poolers' names too, or clients that verify it refuse them.
        certificates: {
          serverAltDNSNames: poolerNames(environment).flatMap((name) => namesOfService(environment, name)),
        },
        postgresql: { parameters: parameters(postgres), ...synchronous(postgres) },
        storage: {
          size: postgres.storage.size,
          ...(postgres.storage.class && { storageClass: postgres.storage.class }),
          resizeInUseVolumes: true,
        },
        resources: resourceRequirements(postgres.resources),
        affinity: {
          enablePodAntiAffinity: true,
          // A synchronous replica on the node of its primary guards against nothing. Elsewhere a cluster may have too few nodes.
          podAntiAffinityType: environment.protected ? 'required' : 'preferred',
          topologyKey: 'kubernetes.io/hostname',
        },
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'topology.kubernetes.io/zone',
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchLabels: { 'cnpg.io/cluster': postgresNames.cluster, 'cnpg.io/podRole': 'instance' } },
          },
        ],
        inheritedMetadata: { labels: labels(environment, 'database') },
        ...(backup && { plugins: [backup.plugin] }),
      },
    },
    ...poolers(environment, postgres),
    ...(backup?.manifests ?? []),
  ]
}

function namesOfService(environment: Environment, service: string): string[] {
  const host = serviceHost(environment, service)
  return [service, `${service}.${environment.namespace}`, host, `${host}.cluster.local`]
}

/** A commit waits for one replica. With two instances it can't insist: the loss of either would stop all writing. */
function synchronous({ instances }: CloudNativePg) {
  if (instances === 1) return {}
  return {
    synchronous: {
      method: 'any' as const,
      number: 1,
      dataDurability: instances > 2 ? ('required' as const) : ('preferred' as const),
    },
  }
}

/** A quarter of the memory for buffers is what PostgreSQL's own manual begins with (section 19.4). */
function parameters({ maxConnections, resources }: CloudNativePg): Record<string, string> {
  return {
    max_connections: String(maxConnections),
    shared_buffers: `${Math.floor(mebibytes(resources.limits.memory) / 4)}MB`,
  }
}
