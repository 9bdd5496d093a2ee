import type { Environment } from '@hadal/platform/environment'
import { backupSidecarResources } from '@hadal/platform/fixed-resources'
import { labels, postgresNames } from '@hadal/platform/names'
import type { ClusterPlugin } from '../../custom-kinds/cloudnative-pg.ts'
import type { Manifest } from '../../manifest.ts'
import { resourceRequirements } from '../../resource-requirements.ts'

/** The operator's own `barmanObjectStore` is on its way out; the plugin is what takes its place. */
const plugin = 'barman-cloud.cloudnative-pg.io'
const store = `${postgresNames.cluster}-backups`

/** Where the write-ahead log and base backups go, and when; nothing where the environment has no backups. */
export function cloudNativePgBackup(
  environment: Environment,
): { readonly plugin: ClusterPlugin; readonly manifests: Manifest[] } | undefined {
  const { backup, name } = environment
  if (backup.kind === 'none') return undefined
  const key = (key: string) => ({ name: 'backup-credentials', key })
  const metadata = { name: store, labels: labels(environment, 'database') }
  return {
    plugin: { name: plugin, enabled: true, isWALArchiver: true, parameters: { barmanObjectName: store } },
    manifests: [
      {
        apiVersion: 'barmancloud.cnpg.io/v1',
        kind: 'ObjectStore',
        metadata,
        spec: {
          retentionPolicy: `${backup.retentionDays}d`,
          configuration: {
            destinationPath: `s3://${backup.bucket}/${name}`,
            ...(backup.endpoint && { endpointURL: `https://${backup.endpoint}` }),
            s3Credentials: {
              accessKeyId: key('access-key-id'),
              secretAccessKey: key('secret-access-key'),
            },
            wal: { compression: 'gzip' },
            data: { compression: 'gzip' },
          },
          instanceSidecarConfiguration: {
            env: [{ name: 'AWS_DEFAULT_REGION', value: backup.region }],
            resources: resourceRequirements(backupSidecarResources),
          },
        },
      },
      {
        apiVersion: 'postgresql.cnpg.io/v1',
        kind: 'ScheduledBackup',
        metadata: { ...metadata, name: postgresNames.cluster },
        spec: {
          cluster: { name: postgresNames.cluster },
          method: 'plugin',
          pluginConfiguration: { name: plugin },
          // The operator's cron begins with seconds.
          schedule: `0 ${backup.schedule}`,
          backupOwnerReference: 'cluster',
        },
      },
    ],
  }
}
