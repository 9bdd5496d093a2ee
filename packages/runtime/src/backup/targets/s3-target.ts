import type { ListMultipartUploadsCommandOutput, S3Client, S3ServiceException } from '@aws-sdk/client-s3'
import type { BackupTarget, TargetFile } from './backup-target.ts'

export interface S3Location {
  readonly bucket: string
  /** Begin of all keys, without `/` at its ends; empty for the whole bucket. */
  readonly prefix: string
  /** Address of S3-compatible storage; undefined for AWS. */
  readonly endpoint: string | undefined
  readonly region: string
  /** Default: the credentials of the machine or the pod, as the AWS SDK finds them. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined
}

/** Size in bytes of the parts of an upload, and number of parts that are sent at the same time. */
const partBytes = 8 * 2 ** 20
const partsAtOnce = 2
const maxAttempts = 5
const connectWithinMs = 10_000
/** Maximum time in milliseconds in which the storage sends nothing. */
const answerWithinMs = 120_000
/** Maximum number of keys per request to delete. */
const keysPerDelete = 1_000

type Sdk = typeof import('@aws-sdk/client-s3')

/** A prefix of a bucket of S3-compatible storage. The SDK is loaded at the first use. */
export function s3Target(location: S3Location): BackupTarget {
  const { bucket, prefix } = location
  const address = `s3://${bucket}${prefix && `/${prefix}`}`
  const begin = prefix && `${prefix}/`
  const at = (path: string) => ({ Bucket: bucket, Key: begin + path })
  let opened: Promise<{ sdk: Sdk; client: S3Client }> | undefined
  const open = () => {
    opened ??= import('@aws-sdk/client-s3').then((sdk) => ({ sdk, client: clientOf(sdk, location) }))
    return opened
  }
  /** Runs requests, and makes sentences of their errors. @param doing part of a sentence, such as `list s3://backups` */
  const request = async <Result>(doing: string, work: (sdk: Sdk, client: S3Client) => Promise<Result>) => {
    const { sdk, client } = await open()
    try {
      return await work(sdk, client)
    } catch (error) {
      throw new Error(`Can't ${doing}: ${reasonOf(error, location)}`, { cause: error })
    }
  }
  return {
    address,
    async write(path, content) {
      await request(`write ${path} to ${address}`, async ({ PutObjectCommand }, client) => {
        if (content instanceof Uint8Array) {
          await client.send(new PutObjectCommand({ ...at(path), Body: content }))
          return
        }
        const { Upload } = await import('@aws-sdk/lib-storage')
        // An error of the stream ends the upload, whose parts are then removed.
        const upload = new Upload({
          client,
          params: { ...at(path), Body: content },
          partSize: partBytes,
          queueSize: partsAtOnce,
        })
        await upload.done()
      })
    },
    async read(path, { offset, bytes }) {
      if (bytes === 0) return new Uint8Array()
      const cut = (end: number): Error => new Error(`${path} in ${address} ends after ${end} bytes: it is cut.`)
      const read = await request(`read ${path} in ${address}`, async ({ GetObjectCommand }, client) => {
        try {
          const { Body } = await client.send(
            new GetObjectCommand({ ...at(path), Range: `bytes=${offset}-${offset + bytes - 1}` }),
          )
          return await Body?.transformToByteArray()
        } catch (error) {
          if (isError(error, 'NoSuchKey', 'NotFound')) return 'missing'
          if (isError(error, 'InvalidRange')) return new Uint8Array()
          throw error
        }
      })
      if (read === undefined || read === 'missing') throw new Error(`${path} is missing in ${address}.`)
      if (read.length < bytes) throw cut(offset + read.length)
      return read
    },
    readAll: (path) =>
      request(`read ${path} in ${address}`, async ({ GetObjectCommand }, client) => {
        try {
          const { Body } = await client.send(new GetObjectCommand(at(path)))
          return await Body?.transformToByteArray()
        } catch (error) {
          if (isError(error, 'NoSuchKey', 'NotFound')) return undefined
          throw error
        }
      }),
    list: (listed) =>
      request(`list ${address}`, async ({ paginateListObjectsV2 }, client) => {
        const files: TargetFile[] = []
        for await (const { Contents = [] } of paginateListObjectsV2(
          { client },
          { Bucket: bucket, Prefix: begin + listed },
        ))
          for (const { Key = '', Size = 0 } of Contents) files.push({ path: Key.slice(begin.length), bytes: Size })
        // S3 lists keys in the order of their bytes, but not every compatible storage does.
        return files.sort((a, b) => (a.path < b.path ? -1 : 1))
      }),
    async delete(paths) {
      await request(`delete files in ${address}`, async ({ DeleteObjectsCommand }, client) => {
        for (let from = 0; from < paths.length; from += keysPerDelete) {
          const Objects = paths.slice(from, from + keysPerDelete).map((path) => ({ Key: begin + path }))
          const { Errors = [] } = await client.send(
            new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects, Quiet: true } }),
          )
          const failed = Errors.find(({ Code }) => Code !== 'NoSuchKey')
          if (failed) throw Object.assign(new Error(failed.Message ?? failed.Code), { name: failed.Code })
        }
      })
    },
    async removeUnfinished(before) {
      await request(`remove unfinished uploads in ${address}`, async (sdk, client) => {
        // Without the id of an upload as a second marker, which some storage does not find: the rest of a page's last key is for the next call.
        for (let KeyMarker: string | undefined = ''; KeyMarker !== undefined; ) {
          const page: ListMultipartUploadsCommandOutput = await client.send(
            new sdk.ListMultipartUploadsCommand({ Bucket: bucket, Prefix: begin, ...(KeyMarker && { KeyMarker }) }),
          )
          for (const { Key, UploadId, Initiated } of page.Uploads ?? [])
            if (Initiated && Initiated < before)
              await client
                .send(new sdk.AbortMultipartUploadCommand({ Bucket: bucket, Key, UploadId }))
                .catch((error: unknown) => {
                  // Its writer has ended it meanwhile.
                  if (!isError(error, 'NoSuchUpload')) throw error
                })
          KeyMarker = page.IsTruncated ? page.NextKeyMarker : undefined
        }
      })
    },
    async close() {
      if (opened) (await opened).client.destroy()
    },
  }
}

function clientOf({ S3Client }: Sdk, { endpoint, region, credentials }: S3Location): S3Client {
  return new S3Client({
    region,
    maxAttempts,
    // S3-compatible storage often has no DNS names of buckets, and does not know the SDK's newer checksums.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(credentials ? { credentials } : {}),
    requestHandler: { connectionTimeout: connectWithinMs, requestTimeout: answerWithinMs, throwOnRequestTimeout: true },
  })
}

const isError = (error: unknown, ...names: string[]): error is S3ServiceException =>
  error instanceof Error && names.includes(error.name)

/** Explains an error of the SDK as the end of a sentence, with what to do. The SDK's messages have no credentials. */
function reasonOf(error: unknown, { bucket, endpoint, region, credentials }: S3Location): string {
  if (!(error instanceof Error)) return String(error)
  const storage = endpoint ?? `AWS in ${region}`
  if (isError(error, 'NoSuchBucket'))
    return `the bucket "${bucket}" does not exist at ${storage}. Create it, or correct BACKUP_TARGET.`
  if (isError(error, 'InvalidAccessKeyId', 'SignatureDoesNotMatch'))
    return `${storage} refuses the access key. Set BACKUP_ACCESS_KEY_ID and BACKUP_SECRET_ACCESS_KEY to a valid pair.`
  if (isError(error, 'AccessDenied', 'Forbidden'))
    return `${storage} refuses the access. Allow ${credentials ? 'the access key' : 'the identity of this process'} to list, read, write and delete objects of the bucket "${bucket}".`
  if (isError(error, 'CredentialsProviderError', 'TokenProviderError'))
    return `there are no credentials for ${storage}: ${error.message} Set BACKUP_ACCESS_KEY_ID and BACKUP_SECRET_ACCESS_KEY, or give the pod an identity.`
  if (isError(error, 'PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException'))
    return `the bucket "${bucket}" is in another region than "${region}". Set BACKUP_REGION.`
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ECONNRESET|ETIMEDOUT)$/.test(code) ||
    error.name === 'TimeoutError'
  )
    return `${storage} can't be reached (${code || error.name}). Check BACKUP_ENDPOINT and the network.`
  return `${error.message || error.name}.`.replace(/\.\.$/, '.')
}
