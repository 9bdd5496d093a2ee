import { type DatabaseCluster, databaseClusters } from '@hadal/platform/database-clusters'
import type { Environment } from '@hadal/platform/environment'
import { backupSidecarResources } from '@hadal/platform/fixed-resources'
import { postgresNames, selectorLabels } from '@hadal/platform/names'
import { Construct } from 'constructs'
import type { EnvironmentProps } from '../../environment-props.ts'
import {
  ObjectStore,
  ObjectStoreSpecConfigurationDataCompression,
  ObjectStoreSpecConfigurationWalCompression,
} from '../../generated/barmancloud.cnpg.io.js'
import {
  type ClusterSpecExternalClusters,
  type ClusterSpecPlugins,
  ScheduledBackup,
  ScheduledBackupSpecBackupOwnerReference,
  ScheduledBackupSpecMethod,
} from '../../generated/postgresql.cnpg.io.js'
import { resourceRequirements } from '../../resource-requirements.ts'

/** Name of CloudNativePG's backup plugin, which replaces the deprecated `barmanObjectStore`. */
const plugin = 'barman-cloud.cloudnative-pg.io'
const store = `${postgresNames.cluster}-backups`

export interface CloudNativePgBackupProps extends EnvironmentProps {
  readonly backup: Exclude<Environment['backup'], { kind: 'none' }>
}

/**
 * The object store of the write-ahead log and of base backups, and the schedule of base backups of each Cluster. Each Cluster has an archive of its own in
 * the store, a folder with its name.
 */
export class CloudNativePgBackup extends Construct {
  constructor(scope: Construct, id: string, { environment, backup }: CloudNativePgBackupProps) {
    super(scope, id)
    const key = (key: string) => ({ name: 'backup-credentials', key })
    new ObjectStore(this, 'store', {
      metadata: { name: store, labels: selectorLabels('database') },
      spec: {
        retentionPolicy: `${backup.retentionDays}d`,
        configuration: {
          destinationPath: `s3://${backup.bucket}/${environment.name}`,
          endpointUrl: backup.endpoint && `https://${backup.endpoint}`,
          s3Credentials:
            backup.credentials === 'keys'
              ? { accessKeyId: key('access-key-id'), secretAccessKey: key('secret-access-key') }
              : { inheritFromIamRole: true },
          wal: { compression: ObjectStoreSpecConfigurationWalCompression.GZIP },
          data: { compression: ObjectStoreSpecConfigurationDataCompression.GZIP },
        },
        instanceSidecarConfiguration: {
          env: [{ name: 'AWS_DEFAULT_REGION', value: backup.region }],
          resources: resourceRequirements(backupSidecarResources),
        },
      },
    })
    for (const { name } of databaseClusters(environment))
      new ScheduledBackup(this, `schedule-${name}`, {
        metadata: { name, labels: selectorLabels('database') },
        spec: {
          cluster: { name },
          method: ScheduledBackupSpecMethod.PLUGIN,
          pluginConfiguration: { name: plugin },
          // The operator's cron begins with seconds.
          schedule: `0 ${backup.schedule}`,
          // A new database would have no backup until the time of the schedule.
          immediate: true,
          backupOwnerReference: ScheduledBackupSpecBackupOwnerReference.CLUSTER,
        },
      })
  }
}

/**
 * Entry for the backup plugin in `plugins` of a Cluster, which archives its write-ahead log. A recovered Cluster names its archive, so that it never writes
 * to the archive from which it was created; that of the first Cluster has the Cluster's name by default.
 */
export const archivePlugin = ({ name, recovery }: DatabaseCluster): ClusterSpecPlugins => ({
  name: plugin,
  enabled: true,
  isWalArchiver: true,
  parameters: { barmanObjectName: store, ...(recovery && { serverName: name }) },
})

/** The archive from which a Cluster is created, as an entry of `externalClusters`: the plugin only reads it. */
export const archiveSource = (from: string): ClusterSpecExternalClusters => ({
  name: from,
  plugin: { name: plugin, parameters: { barmanObjectName: store, serverName: from } },
})
