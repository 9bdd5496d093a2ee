import type { Environment } from '@hadal/platform/environment'
import type { Backup } from '@hadal/platform/schema/durability'
import type * as pulumi from '@pulumi/pulumi'
import { S3BackupBucket } from './s3-backup-bucket.ts'

/** Who may make buckets. The server and the database have keys of their own, which reach this bucket alone. */
export interface BucketAdmin {
  readonly accessKeyId: pulumi.Input<string>
  readonly secretAccessKey: pulumi.Input<string>
}

export interface BackupBucketArgs<Kind extends Backup['kind']> {
  readonly environment: Environment
  readonly backup: Extract<Backup, { kind: Kind }>
  readonly admin: BucketAdmin
}

/** A place for backups: private, with older versions of its objects kept for as long as backups are. */
export interface BackupBucket extends pulumi.ComponentResource {
  readonly bucket: pulumi.Output<string>
}

/** One implementation a kind of storage: a new kind of `backup` does not compile until it stands here. */
const buckets: {
  readonly [Kind in Exclude<Backup['kind'], 'none'>]: new (
    name: string,
    args: BackupBucketArgs<Kind>,
    opts?: pulumi.ComponentResourceOptions,
  ) => BackupBucket
} = { s3: S3BackupBucket }

/** The environment's bucket; none where it has no backups. */
export function backupBucket(
  environment: Environment,
  admin: BucketAdmin,
  opts?: pulumi.ComponentResourceOptions,
): BackupBucket | undefined {
  const { backup } = environment
  if (backup.kind === 'none') return undefined
  return new buckets[backup.kind]('backup-bucket', { environment, backup, admin }, opts)
}
