import * as minio from '@pulumi/minio'
import * as pulumi from '@pulumi/pulumi'
import { dataOptions } from '../data-options.ts'
import type { BackupBucket, BackupBucketArgs } from './backup-bucket.ts'

/**
 * Bucket on any S3-compatible storage. It uses MinIO's provider, which uses plain S3 for these resources and is a hundredth of the size of a
 * cloud's own provider.
 */
export class S3BackupBucket extends pulumi.ComponentResource implements BackupBucket {
  declare readonly bucket: pulumi.Output<string>

  constructor(name: string, args: BackupBucketArgs<'s3'>, opts?: pulumi.ComponentResourceOptions) {
    super('hadal:backup-bucket:S3BackupBucket', name, {}, opts)
    const { environment, backup, admin } = args
    const provider = new minio.Provider(
      name,
      {
        minioServer: backup.endpoint ?? `s3.${backup.region}.amazonaws.com`,
        minioRegion: backup.region,
        minioUser: admin.accessKeyId,
        minioPassword: admin.secretAccessKey,
        minioSsl: true,
      },
      { parent: this },
    )
    const options = { parent: this, provider }
    const bucket = new minio.S3Bucket(
      name,
      { bucket: backup.bucket, acl: 'private', forceDestroy: false },
      { ...options, ...dataOptions(environment) },
    )
    this.bucket = bucket.bucket
    new minio.S3BucketVersioning(
      name,
      { bucket: bucket.bucket, versioningConfiguration: { status: 'Enabled' } },
      options,
    )
    // CloudNativePG's plugin and `hadal-runtime backup` delete expired backups. Deleted or overwritten objects are kept for the longer time again, so a
    // program with the pods' keys, which may not delete versions, can't destroy a backup.
    new minio.IlmPolicy(
      name,
      {
        bucket: bucket.bucket,
        rules: [
          {
            id: 'older-versions',
            noncurrentVersionExpirationDays: Math.max(backup.retentionDays, backup.archive.retentionDays),
          },
        ],
      },
      options,
    )
    this.registerOutputs({ bucket: this.bucket })
  }
}
