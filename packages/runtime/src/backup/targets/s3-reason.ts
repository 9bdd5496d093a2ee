import type { S3ServiceException } from '@aws-sdk/client-s3'
import type { S3Location } from './s3-target.ts'

/** Whether the storage answered with one of some codes, such as `NoSuchKey`. */
export const isError = (error: unknown, ...codes: string[]): error is S3ServiceException =>
  error instanceof Error && codes.includes(error.name)

/** Explains an error of the SDK as the end of a sentence, with what to do. The SDK's messages have no credentials. */
export function s3Reason(error: unknown, { bucket, endpoint, region, credentials }: S3Location): string {
  if (!(error instanceof Error)) return String(error)
  const storage = endpoint ?? `AWS in ${region}`
  if (isError(error, 'NoSuchBucket'))
    return `the bucket "${bucket}" does not exist at ${storage}. Create it, or correct BACKUP_TARGET.`
  // The last one is that of versitygw.
  if (isError(error, 'InvalidAccessKeyId', 'SignatureDoesNotMatch', 'XAdminUserNotFound'))
    return `${storage} refuses the access key. Set BACKUP_ACCESS_KEY_ID and BACKUP_SECRET_ACCESS_KEY to a valid pair.`
  if (isError(error, 'AccessDenied', 'Forbidden'))
    return `${storage} refuses the access. Allow ${credentials ? 'the access key' : 'the identity of this process'} to list, read, write and delete objects of the bucket "${bucket}".`
  if (isError(error, 'CredentialsProviderError', 'TokenProviderError'))
    return `there are no credentials for ${storage} (${error.message}). Set BACKUP_ACCESS_KEY_ID and BACKUP_SECRET_ACCESS_KEY, or give the pod an identity.`
  if (isError(error, 'PermanentRedirect', 'AuthorizationHeaderMalformed', 'IllegalLocationConstraintException'))
    return `the bucket "${bucket}" is in another region than "${region}". Set BACKUP_REGION.`
  // The SDK corrects the time by the response and sends the request again, so the clock also changes meanwhile, or the response has no time.
  if (isError(error, 'RequestTimeTooSkewed', 'RequestExpired'))
    return `the clock of this machine and that of ${storage} differ too much. Set the clock that is wrong.`
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (
    /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ECONNRESET|EPIPE|ETIMEDOUT)$/.test(code) ||
    error.name === 'TimeoutError'
  )
    return `${storage} can't be reached (${code || error.name}). Check BACKUP_ENDPOINT and the network.`
  return reasonOfStatus(error, storage, bucket) ?? `${error.message || error.name}.`.replace(/\.\.$/, '.')
}

/** The reason of a response that no code explains, by its status; undefined for an error without response, and for a status of 4xx that no case names. */
function reasonOfStatus(error: Error, storage: string, bucket: string): string | undefined {
  const { status, attempts } = responseOf(error)
  if (status === undefined) return undefined
  const tried = attempts > 1 ? ` after ${attempts} attempts` : ''
  if (status === 507 || isError(error, 'QuotaExceeded'))
    return `${storage} has no room for the bucket "${bucket}" (${error.name}). Free space, or raise its quota.`
  if (status === 429 || isError(error, 'SlowDown'))
    return `${storage} limits the number of requests (${error.name})${tried}. Run the command again later, or raise the limit for the bucket "${bucket}".`
  if (isUnreadable(error))
    return `${storage} answers with status ${status}, but not as S3-compatible storage does${tried}. Check BACKUP_ENDPOINT and what is between it and this machine, such as a proxy.`
  if (status >= 500)
    return `${storage} failed with status ${status} (${error.name})${tried}. Look at the state of the storage, and run the command again.`
  return undefined
}

interface Response {
  readonly status?: number | undefined
  /** Number of requests that the SDK sent. */
  readonly attempts: number
}

function responseOf(error: Error): Response {
  const metadata: unknown = '$metadata' in error ? error.$metadata : undefined
  if (typeof metadata !== 'object' || metadata === null) return { attempts: 1 }
  return {
    status:
      'httpStatusCode' in metadata && typeof metadata.httpStatusCode === 'number' ? metadata.httpStatusCode : undefined,
    attempts: 'attempts' in metadata && typeof metadata.attempts === 'number' ? metadata.attempts : 1,
  }
}

/** Whether the SDK could not read a response, such as the HTML page of a proxy. */
const isUnreadable = (error: Error): boolean => error.message.includes('Deserialization error')
