import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadEnvironment } from '@hadal/platform/load-environment'
import type { Release } from '@hadal/platform/release'
import { PlainError } from '../plain-error.ts'
import { type ImageReference, imageReference } from './image-reference.ts'
import type { RegistryLogin } from './registry-login.ts'
import { resolveDigest } from './resolve-digest.ts'

/** Content of `charts/src/images.json`: third-party images by the name that the charts use. */
type Pins = Record<string, { repository: string; tag: string; digest: string | null; foundAt: string | null }>

const pinsFile = 'charts/src/images.json'

export interface PinOptions {
  /** The folder that holds `environments/` and `charts/`. */
  readonly root: string
  /** Images to pin: `registry/path:tag`, or the name of an image in `charts/src/images.json`, whose tag is resolved again. */
  readonly images: readonly string[]
  /** Names of the environments whose `release.json` gets the digest of an agent image. */
  readonly environments: readonly string[]
  /** Date that is written beside a third-party image's digest. */
  readonly today: string
  readonly login: RegistryLogin
  readonly write: (line: string) => void
}

/**
 * Resolves the tag of each image to its digest and writes the digest where the image is pinned: a third-party image, recognised by its
 * repository, in `charts/src/images.json`; any other image in the `release.json` of the named environments. If one image is not found,
 * nothing is written.
 *
 * @throws {PlainError} if a name is invalid or a registry returns no digest
 * @throws {EnvironmentProblems} if an environment is unknown
 */
export async function pin({ root, images, environments, today, login, write }: PinOptions): Promise<void> {
  const pins = existsSync(join(root, pinsFile)) ? readJson<Pins>(root, pinsFile) : {}
  const wanted = images.map((text) => planned(text, pins, environments))
  for (const name of environments) await checkEnvironment(root, name)
  const resolved = await Promise.all(
    wanted.map(async ({ image, name }) => ({ image, name, digest: await resolveDigest(image, login) })),
  )
  for (const { image, name, digest } of resolved) {
    const { repository, tag, host } = image
    if (name !== undefined) {
      const foundAt = `registry ${host}, ${today}`
      if (pins[name]?.digest !== digest || pins[name]?.tag !== tag) pins[name] = { repository, tag, digest, foundAt }
      writeJson(root, pinsFile, pins)
      write(`${pinsFile}: ${name} is ${repository}:${tag}@${digest}`)
      continue
    }
    for (const environment of environments) {
      const file = releaseFile(environment)
      writeJson(root, file, { image: { repository, digest } } satisfies Release)
      write(`${file}: ${repository}@${digest} (${tag})`)
    }
  }
  write('Run "npx hadal render", review the changes and commit them.')
}

const releaseFile = (environment: string): string => `environments/${environment}/release.json`

interface Planned {
  readonly image: ImageReference
  /** Name of a third-party image in `charts/src/images.json`; undefined for an agent image. */
  readonly name: string | undefined
}

function planned(text: string, pins: Pins, environments: readonly string[]): Planned {
  const pinned = pins[text]
  if (pinned) return { image: imageReference(`${pinned.repository}:${pinned.tag}`), name: text }
  if (!/[/:]/.test(text)) {
    throw new PlainError(
      `Unknown image: "${text}". Images in ${pinsFile}: ${Object.keys(pins).join(', ') || 'none'}. Use one of these, or registry/path:tag.`,
    )
  }
  const image = imageReference(text)
  const [name] = Object.entries(pins).find(([, pin]) => pin.repository === image.repository) ?? []
  if (name === undefined && environments.length === 0) {
    throw new PlainError(
      `"${image.repository}" is not in ${pinsFile}, so it is an agent image. Name the environments that run it, e.g. "--environment dev".`,
    )
  }
  return { image, name }
}

/** Rejects an unknown environment before any request or write. An invalid one is accepted, because the pin may fix it. */
async function checkEnvironment(root: string, name: string): Promise<void> {
  if (existsSync(join(root, 'environments', name))) return
  await loadEnvironment(root, name)
}

function readJson<Content>(root: string, file: string): Content {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')) as Content
  } catch (error) {
    throw new PlainError(
      `${file} is not valid JSON (${error instanceof Error ? error.message : error}). Fix it, then pin again.`,
    )
  }
}

/** Writes a JSON file through a temporary file, so that a full disk leaves the old file unchanged. */
function writeJson(root: string, file: string, content: unknown): void {
  const unfinished = join(root, `${file}.new`)
  writeFileSync(unfinished, `${JSON.stringify(content, null, 2)}\n`)
  renameSync(unfinished, join(root, file))
}
