import { type DatabaseCluster, databaseClusters } from '@hadal/platform/database-clusters'
import { hasSeparateRoles } from '@hadal/platform/database-roles'
import type { Environment } from '@hadal/platform/environment'
import { postgresNames, selectorLabels, serviceHost } from '@hadal/platform/names'
import type { Postgres } from '@hadal/platform/schema/postgres'
import { Construct } from 'constructs'
import { poolerNames } from '../../cloud-native-pg-pods.ts'
import type { EnvironmentProps } from '../../environment-props.ts'
import {
  Cluster,
  type ClusterSpec,
  type ClusterSpecManaged,
  ClusterSpecManagedRolesEnsure,
  type ClusterSpecPostgresqlSynchronous,
  ClusterSpecPostgresqlSynchronousDataDurability,
  ClusterSpecPostgresqlSynchronousMethod,
  ClusterSpecPrimaryUpdateMethod,
  ClusterSpecPrimaryUpdateStrategy,
} from '../../generated/postgresql.cnpg.io.js'
import { imageReference } from '../../images.ts'
import { mebibytes } from '../../mebibytes.ts'
import { podLabels } from '../../pod-labels.ts'
import { imagePullSecrets, nodeChoice } from '../../pod-scheduling.ts'
import { resourceRequirements } from '../../resource-requirements.ts'
import { sharedBuffers } from '../../shared-buffers.ts'
import { keepAnnotation } from '../../waves.ts'
import { archivePlugin, archiveSource, CloudNativePgBackup } from './cloud-native-pg-backup.ts'
import { DatabaseServices, serviceNames } from './database-services.ts'
import { PostgresPooler } from './pooler.ts'

type CloudNativePostgres = Extract<Postgres, { kind: 'cnpg' }>

export interface CloudNativePgProps extends EnvironmentProps {
  readonly postgres: CloudNativePostgres
}

/** CloudNativePG's Clusters with their poolers and backups, and the Services of the Cluster that serves. */
export class CloudNativePg extends Construct {
  constructor(scope: Construct, id: string, { environment, postgres }: CloudNativePgProps) {
    super(scope, id)
    const { backup } = environment
    if (backup.kind !== 'none') new CloudNativePgBackup(this, 'backup', { environment, backup })
    for (const cluster of databaseClusters(environment))
      new CloudNativePgCluster(this, cluster.name, { environment, postgres, cluster })
    new DatabaseServices(this, 'services', { environment })
  }
}

interface CloudNativePgClusterProps extends CloudNativePgProps {
  readonly cluster: DatabaseCluster
}

/** One Cluster with its poolers. A recovery renders a second one, and changes no line of the first. */
class CloudNativePgCluster extends Construct {
  constructor(scope: Construct, id: string, { environment, postgres, cluster }: CloudNativePgClusterProps) {
    super(scope, id)
    const { name } = cluster
    const { walStorage } = postgres.storage
    new Cluster(this, 'cluster', {
      metadata: { name, labels: selectorLabels('database'), annotations: keepAnnotation },
      spec: {
        description: `Threads, runs and checkpoints of ${environment.name}`,
        imageName: imageReference('cloudnative-pg'),
        imagePullPolicy: 'Always',
        imagePullSecrets: imagePullSecrets(environment),
        priorityClassName: postgres.scheduling.priorityClassName,
        serviceAccountTemplate: serviceAccount(postgres),
        instances: postgres.instances,
        enableSuperuserAccess: false,
        enablePdb: postgres.instances > 1,
        primaryUpdateStrategy: ClusterSpecPrimaryUpdateStrategy.UNSUPERVISED,
        primaryUpdateMethod:
          postgres.instances > 1 ? ClusterSpecPrimaryUpdateMethod.SWITCHOVER : ClusterSpecPrimaryUpdateMethod.RESTART,
        ...beginning(cluster),
        // The server's certificate must contain the names of the Services too, or clients that verify it refuse them.
        certificates: {
          serverAltDnsNames: [...serviceNames(environment), ...poolerNames(environment, name)].flatMap((service) =>
            namesOfService(environment, service),
          ),
        },
        managed: managedRoles(environment),
        postgresql: { parameters: parameters(postgres), synchronous: synchronous(postgres) },
        storage: {
          size: postgres.storage.size,
          storageClass: postgres.storage.class,
          resizeInUseVolumes: true,
        },
        walStorage: walStorage && {
          size: walStorage.size,
          storageClass: walStorage.class,
          resizeInUseVolumes: true,
        },
        resources: resourceRequirements(postgres.resources),
        affinity: {
          ...nodeChoice(postgres.scheduling),
          enablePodAntiAffinity: true,
          // A synchronous replica on the primary's node is lost with it. Elsewhere a cluster may have too few nodes.
          podAntiAffinityType: environment.protected ? 'required' : 'preferred',
          topologyKey: 'kubernetes.io/hostname',
        },
        topologySpreadConstraints: [
          {
            maxSkew: 1,
            topologyKey: 'topology.kubernetes.io/zone',
            whenUnsatisfiable: 'ScheduleAnyway',
            labelSelector: { matchLabels: { 'cnpg.io/cluster': name, 'cnpg.io/podRole': 'instance' } },
          },
        ],
        inheritedMetadata: { labels: podLabels(this, 'database') },
        plugins: environment.backup.kind === 'none' ? undefined : [archivePlugin(cluster)],
      },
    })
    for (const pooler of poolerNames(environment, name))
      new PostgresPooler(this, pooler, { name: pooler, cluster: name, environment, postgres })
  }
}

/**
 * The database with which a Cluster begins: an empty one, or that of an archive at a point in time. The operator reads it only when it creates the first
 * instance, so it stays the same for as long as the Cluster exists.
 */
function beginning({ recovery }: DatabaseCluster): Pick<ClusterSpec, 'bootstrap' | 'externalClusters'> {
  const application = {
    database: postgresNames.database,
    owner: postgresNames.owner,
    secret: { name: 'db-credentials' },
  }
  if (!recovery) return { bootstrap: { initdb: { ...application, dataChecksums: true } } }
  const { from, to } = recovery
  return {
    bootstrap: {
      recovery: {
        source: from,
        ...application,
        recoveryTarget: to === 'latest' ? undefined : { targetTime: to },
      },
    },
    externalClusters: [archiveSource(from)],
  }
}

/** Roles to which row-level security applies, which the operator creates, also in an existing database. The migration grants their rights. */
function managedRoles(environment: Environment): ClusterSpecManaged | undefined {
  if (!hasSeparateRoles(environment)) return undefined
  const role = (name: string, secret: string, comment: string) => ({
    name,
    comment,
    ensure: ClusterSpecManagedRolesEnsure.PRESENT,
    login: true,
    passwordSecret: { name: secret },
  })
  return {
    roles: [
      role(postgresNames.application, 'db-application', 'Serves requests, for one tenant at a time'),
      role(postgresNames.loops, 'db-loops', 'Runs the loops that serve all tenants'),
    ],
  }
}

/** ServiceAccount of the database's pods, which the operator creates. */
const serviceAccount = ({ serviceAccountAnnotations: annotations }: CloudNativePostgres) =>
  Object.keys(annotations).length > 0 ? { metadata: { annotations } } : undefined

function namesOfService(environment: Environment, service: string): string[] {
  const host = serviceHost(environment, service)
  return [service, `${service}.${environment.namespace}`, host, `${host}.cluster.local`]
}

/**
 * Synchronous replication of CloudNativePG: a commit waits for one replica. With two instances it is not required, because the loss of either
 * would stop all writes.
 */
function synchronous({ instances }: CloudNativePostgres): ClusterSpecPostgresqlSynchronous | undefined {
  if (instances === 1) return undefined
  const { PREFERRED, REQUIRED } = ClusterSpecPostgresqlSynchronousDataDurability
  return {
    method: ClusterSpecPostgresqlSynchronousMethod.ANY,
    number: 1,
    dataDurability: instances > 2 ? REQUIRED : PREFERRED,
  }
}

/** PostgreSQL parameters of the CloudNativePG Cluster. */
function parameters({ maxConnections, resources, storage }: CloudNativePostgres): Record<string, string> {
  return {
    max_slot_wal_keep_size: `${slotMebibytes(storage)}MB`,
    max_connections: String(maxConnections),
    shared_buffers: sharedBuffers(resources),
  }
}

/**
 * Maximum size in MiB of the write-ahead log that is kept for a replica that does not stream: half of the log's own volume, or a quarter of the
 * common one. Without a maximum a lost replica fills the volume until the database stops. A replica that needs more is created anew.
 */
const slotMebibytes = ({ size, walStorage }: CloudNativePostgres['storage']): number =>
  Math.floor(walStorage ? mebibytes(walStorage.size) / 2 : mebibytes(size) / 4)
