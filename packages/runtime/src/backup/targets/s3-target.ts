import { setTimeout as pause } from 'node:timers/promises'
import type { GetObjectCommandInput, ListMultipartUploadsCommandOutput, S3Client } from '@aws-sdk/client-s3'
import type { BackupTarget, TargetFile } from './backup-target.ts'
import { isError, s3Reason } from './s3-reason.ts'

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

export interface Patience {
  /** Maximum number of times that a request is sent. Default: 5. */
  readonly attempts?: number
  /** Maximum time in milliseconds in which the storage sends nothing. Default: 2 minutes. */
  readonly answerWithinMs?: number
}

/** Size in bytes of the parts of an upload, and number of parts that are sent at the same time. */
const partBytes = 8 * 2 ** 20
const partsAtOnce = 2
/** Longest pause in milliseconds before the first repetition of a request whose response broke off; it doubles with each. */
const pauseMs = 100
const connectWithinMs = 10_000
/** Maximum number of keys per request to delete. */
const keysPerDelete = 1_000

type Sdk = typeof import('@aws-sdk/client-s3')

/** A prefix of a bucket of S3-compatible storage. The SDK is loaded at the first use. */
export function s3Target(location: S3Location, patience: Patience = {}): BackupTarget {
  const { bucket, prefix } = location
  const address = `s3://${bucket}${prefix && `/${prefix}`}`
  const begin = prefix && `${prefix}/`
  const at = (path: string) => ({ Bucket: bucket, Key: begin + path })
  let keepsVersions = false
  let opened: Promise<{ sdk: Sdk; client: S3Client }> | undefined
  const open = () => {
    opened ??= import('@aws-sdk/client-s3').then((sdk) => ({ sdk, client: clientOf(sdk, location, patience) }))
    return opened
  }
  /** Runs requests, and makes sentences of their errors. @param doing part of a sentence, such as `list s3://backups` */
  const request = async <Result>(doing: string, work: (sdk: Sdk, client: S3Client) => Promise<Result>) => {
    const { sdk, client } = await open()
    try {
      return await work(sdk, client)
    } catch (error) {
      throw new Error(`Can't ${doing}: ${s3Reason(error, location)}`, { cause: error })
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
      const read = await request(`read ${path} in ${address}`, async (sdk, client) => {
        try {
          return await contentOf(client, sdk, { ...at(path), Range: `bytes=${offset}-${offset + bytes - 1}` })
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
      request(`read ${path} in ${address}`, async (sdk, client) => {
        try {
          return await contentOf(client, sdk, at(path))
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
    get keepsVersions() {
      return keepsVersions
    },
    async delete(paths) {
      for (let from = 0; from < paths.length; from += keysPerDelete) {
        const Objects = paths.slice(from, from + keysPerDelete).map((path) => ({ Key: begin + path }))
        const { Deleted = [], Errors = [] } = await request(
          `delete files in ${address}`,
          ({ DeleteObjectsCommand }, client) =>
            client.send(new DeleteObjectsCommand({ Bucket: bucket, Delete: { Objects } })),
        )
        keepsVersions ||= Deleted.some(({ DeleteMarker }) => DeleteMarker)
        const failed = Errors.find(({ Code }) => Code !== 'NoSuchKey')
        if (!failed) continue
        const { Key = '', Code = '', Message = Code } = failed
        const cause = Object.assign(new Error(Message), { name: Code })
        throw new Error(`Can't delete ${Key.slice(begin.length)} in ${address}: ${s3Reason(cause, location)}`, {
          cause,
        })
      }
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

/** Reads an object. The SDK repeats a request without a response; here it is also repeated if the connection breaks in the middle of the content. */
async function contentOf(
  client: S3Client,
  { GetObjectCommand }: Sdk,
  object: GetObjectCommandInput,
): Promise<Uint8Array | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const { Body } = await client.send(new GetObjectCommand(object))
    try {
      return await Body?.transformToByteArray()
    } catch (error) {
      if (attempt >= (await client.config.maxAttempts())) throw error
      await pause(pauseMs * 2 ** attempt * Math.random())
    }
  }
}

function clientOf(
  { S3Client }: Sdk,
  { endpoint, region, credentials }: S3Location,
  { attempts = 5, answerWithinMs = 120_000 }: Patience,
): S3Client {
  return new S3Client({
    region,
    maxAttempts: attempts,
    // S3-compatible storage often has no DNS names of buckets, and does not know the SDK's newer checksums. AWS needs one for a bucket with object lock.
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    requestChecksumCalculation: endpoint === undefined ? 'WHEN_SUPPORTED' : 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    ...(credentials ? { credentials } : {}),
    requestHandler: {
      connectionTimeout: connectWithinMs,
      // Until the response begins, and between two parts of its content.
      requestTimeout: answerWithinMs,
      socketTimeout: answerWithinMs,
      throwOnRequestTimeout: true,
    },
  })
}
