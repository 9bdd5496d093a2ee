import type { Environment } from '@hadal/platform/environment'
import type { Backup } from '@hadal/platform/schema/durability'
import type * as pulumi from '@pulumi/pulumi'
import { S3BackupBucket } from './s3-backup-bucket.ts'

/** Credential that may create buckets. The server and the database use separate keys, which can access only this bucket. */
export interface BucketAdmin {
  readonly accessKeyId: pulumi.Input<string>
  readonly secretAccessKey: pulumi.Input<string>
}

export interface BackupBucketArgs<Kind extends Backup['kind']> {
  readonly environment: Environment
  readonly backup: Extract<Backup, { kind: Kind }>
  readonly admin: BucketAdmin
}

/** Private bucket for backups. It keeps older versions of its objects for as long as backups are kept. */
export interface BackupBucket extends pulumi.ComponentResource {
  readonly bucket: pulumi.Output<string>
}

/** Implementation per kind of `backup`. A missing kind is a compile error. */
const buckets: {
  readonly [Kind in Exclude<Backup['kind'], 'none'>]: new (
    name: string,
    args: BackupBucketArgs<Kind>,
    opts?: pulumi.ComponentResourceOptions,
  ) => BackupBucket
} = { s3: S3BackupBucket }

/** Creates the environment's bucket for backups. Undefined if the environment has no backups. */
export function backupBucket(
  environment: Environment,
  admin: BucketAdmin,
  opts?: pulumi.ComponentResourceOptions,
): BackupBucket | undefined {
  const { backup } = environment
  if (backup.kind === 'none') return undefined
  return new buckets[backup.kind]('backup-bucket', { environment, backup, admin }, opts)
}
