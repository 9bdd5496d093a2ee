import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Release, ReleaseName } from './releases.ts'

/** Gives the text of a release's manifests. */
export type ReleaseSource = (name: ReleaseName) => Promise<string>

const longestMs = 60_000

/**
 * The manifests of a release: from the cache, or from their address into the cache. Either way they are what the checksum says.
 *
 * @param cache a folder that may be deleted at any time
 * @throws a sentence: no checksum is recorded, the address does not answer, or what it gives is something else
 */
export async function fetchRelease(name: string, { version, url, sha256 }: Release, cache: string): Promise<string> {
  if (sha256 === undefined)
    throw new Error(
      `No checksum of ${name} ${version} is recorded, so it is not installed. Compute it from a connection that you trust ("curl -fsSL ${url} | sha256sum"), compare it with what the project says, and write it into infra/src/operators/releases.ts; or install ${name} yourself and set cluster.operators to "present".`,
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
      `${url} gave ${name} ${version} with the checksum ${found}, and infra/src/operators/releases.ts says ${sha256}. Nothing was installed: find out which of them is wrong.`,
    )
  mkdirSync(cache, { recursive: true })
  // Renamed when it is whole: an interrupted run leaves no half of it.
  const unfinished = `${file}.${process.pid}`
  writeFileSync(unfinished, text)
  renameSync(unfinished, file)
  return text
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

async function download(name: string, version: string, url: string): Promise<string> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(longestMs) })
    if (!response.ok) throw new Error(`it answered ${response.status}`)
    return await response.text()
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`${name} ${version} could not be fetched from ${url}: ${reason}. Try again when it can be reached.`)
  }
}
