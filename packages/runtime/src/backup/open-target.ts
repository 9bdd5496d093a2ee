import { fileURLToPath } from 'node:url'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { BackupTarget } from './targets/backup-target.ts'
import { directoryTarget } from './targets/directory-target.ts'
import { s3Target } from './targets/s3-target.ts'

export type TargetVariables = Pick<
  ContainerVariables,
  'BACKUP_TARGET' | 'BACKUP_ENDPOINT' | 'BACKUP_REGION' | 'BACKUP_ACCESS_KEY_ID' | 'BACKUP_SECRET_ACCESS_KEY'
>

/**
 * Opens the target that the variables name. Nothing is read or written yet.
 *
 * @throws Error with one sentence if a variable is missing or not valid
 */
export function openTarget(variables: TargetVariables): BackupTarget {
  const { BACKUP_TARGET: target, BACKUP_ACCESS_KEY_ID: id, BACKUP_SECRET_ACCESS_KEY: secret } = variables
  const forms = 'file:///<folder> or s3://<bucket>/<prefix>'
  if (target === undefined) throw new Error(`BACKUP_TARGET is not set. Set it to ${forms}.`)
  const { protocol, hostname, pathname, search, hash, username, password } = new URL(target)
  if (search || hash || username || password)
    throw new Error(`BACKUP_TARGET has parts that it may not have, such as a user name or "?". Set it to ${forms}.`)
  if (protocol === 'file:') {
    if (hostname)
      throw new Error(`BACKUP_TARGET is "${target}". A folder needs three slashes: file:///${hostname}${pathname}.`)
    return directoryTarget(decoded(target, () => fileURLToPath(target)))
  }
  if (!hostname) throw new Error(`BACKUP_TARGET is "${target}", which names no bucket. Set it to ${forms}.`)
  if ((id === undefined) !== (secret === undefined))
    throw new Error('Only one of BACKUP_ACCESS_KEY_ID and BACKUP_SECRET_ACCESS_KEY is set. Set both, or neither.')
  return s3Target({
    bucket: hostname,
    prefix: decoded(target, () => decodeURIComponent(pathname)).replaceAll(/^\/+|\/+$/g, ''),
    endpoint: variables.BACKUP_ENDPOINT,
    region: variables.BACKUP_REGION,
    credentials: id !== undefined && secret !== undefined ? { accessKeyId: id, secretAccessKey: secret } : undefined,
  })
}

/** @throws Error with one sentence if a part of the address is not valid after "%" */
function decoded(target: string, decode: () => string): string {
  try {
    return decode()
  } catch (error) {
    throw new Error(`BACKUP_TARGET is "${target}", whose path is not valid: write "%" as "%25", and no "%2F".`, {
      cause: error,
    })
  }
}
