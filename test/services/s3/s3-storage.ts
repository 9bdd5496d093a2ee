import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'

/** An S3-compatible server with the bucket `backups`. */
export interface S3Storage {
  readonly endpoint: string
  readonly bucket: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  end(): Promise<void>
}

/** Access key of the servers. */
export const accessKey = { accessKeyId: 'access-key-of-the-test', secretAccessKey: 'secret-key-of-the-test' }

/** Creates the bucket of a server that has just started. @param end ends the server */
export async function withBucket(endpoint: string, end: () => Promise<void>): Promise<S3Storage> {
  const storage = { endpoint, bucket: 'backups', ...accessKey, end }
  const client = clientOf(storage)
  await client.send(new CreateBucketCommand({ Bucket: storage.bucket }))
  client.destroy()
  return storage
}

/** The official client of a server, for what the program does not do. */
export const clientOf = ({ endpoint, ...credentials }: Omit<S3Storage, 'end'>): S3Client =>
  new S3Client({ region: 'us-east-1', endpoint, forcePathStyle: true, credentials })
