import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Release, ReleaseName } from './releases.ts'

/** Function that returns the manifests of a release. */
export type ReleaseSource = (name: ReleaseName) => Promise<string>

const timeoutMs = 60_000

/**
 * Returns the manifests of a release, from the cache or from their address. Their checksum is verified in both cases.
 *
 * @param cache folder for downloaded manifests. It may be deleted at any time
 * @throws an error if no checksum is recorded, the download fails, or the checksum differs
 */
export async function fetchRelease(name: string, { version, url, sha256 }: Release, cache: string): Promise<string> {
  if (sha256 === undefined)
    throw new Error(
      `${name} ${version} has no recorded checksum, so it is not installed. Compute the checksum over a trusted connection ("curl -fsSL ${url} | sha256sum"), compare it with the project's published one and write it into infra/src/operators/releases.ts. Or install ${name} yourself and set cluster.operators to "present".`,
    )
  const file = join(cache, `${name}-${sha256}.yaml`)
  if (existsSync(file)) {
    const cached = readFileSync(file, 'utf8')
    if (digestOf(cached) === sha256) return cached
  }
  const text = await download(name, version, url)
  const found = digestOf(text)
  if (found !== sha256)
    throw new Error(
      `${url} returned ${name} ${version} with the checksum ${found}, but infra/src/operators/releases.ts requires ${sha256}. Nothing was installed. Find out which of the two is wrong.`,
    )
  mkdirSync(cache, { recursive: true })
  // Written to a temporary file and renamed, so that an interrupted run leaves no incomplete file.
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, text)
  renameSync(unfinished, file)
  return text
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

async function download(name: string, version: string, url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) })
    if (!response.ok) throw new Error(`status ${response.status}`)
    return await response.text()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`${name} ${version} could not be fetched from ${url}: ${reason}. Check the network and try again.`)
  }
}
