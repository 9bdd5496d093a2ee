import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fetchManifests } from './fetch-manifests.ts'
import { type OperatorPin, operatorPinsFile, type PinnedName, pinCommand, sourceOf } from './operator-pins.ts'

/** Folders that manifests are read from. */
export interface ManifestFolders {
  /** The repository's root. */
  readonly root: string
  /** Folder for downloaded manifests. It may be deleted at any time. */
  readonly cache: string
}

/**
 * Returns the manifests of a pinned operator, from the cache, their address or their path in the repository. Their checksum is verified in every
 * case, before anything is applied.
 *
 * @throws Error if the operator is not pinned, the manifests can't be read, or their checksum differs
 */
export async function pinnedManifests(name: PinnedName, pin: OperatorPin, folders: ManifestFolders): Promise<string> {
  const { version, sha256 } = pin
  if (sha256 === null)
    throw new Error(
      `${name} ${version} is not pinned, so it is not installed. Run "${pinCommand(name)}", review ${operatorPinsFile} and commit it. Or install ${name} yourself and set cluster.operators to "present".`,
    )
  const cached = join(folders.cache, `${name}-${sha256}.yaml`)
  if (existsSync(cached)) {
    const bytes = readFileSync(cached)
    if (checksumOf(bytes) === sha256) return bytes.toString('utf8')
  }
  const { bytes, text, servedBy } = await fetchManifests(sourceOf(pin), folders.root)
  const found = checksumOf(bytes)
  if (found !== sha256)
    throw new Error(
      `${servedBy} contains ${name} ${version} with the checksum ${found}, but ${operatorPinsFile} requires ${sha256}. Nothing was installed. Find out why the file changed; if the change is right, run "${pinCommand(name)}" and have the difference reviewed.`,
    )
  mkdirSync(folders.cache, { recursive: true })
  // Written to a temporary file and renamed, so that an interrupted run leaves no incomplete file.
  const unfinished = `${cached}.${process.pid}`
  writeFileSync(unfinished, bytes)
  renameSync(unfinished, cached)
  return text
}

/** SHA-256 checksum of bytes, in hexadecimal. */
export const checksumOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
