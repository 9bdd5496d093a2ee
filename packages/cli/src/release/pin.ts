import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { loadEnvironment } from '@hadal/platform/load-environment'
import type { Release } from '@hadal/platform/release'
import { PlainError } from '../plain-error.ts'
import { type ImageReference, imageReference } from './image-reference.ts'
import type { RegistryLogin } from './registry-login.ts'
import { resolveDigest } from './resolve-digest.ts'

/** `charts/src/images.json`: images of others, by the name that the charts call them. */
type Pins = Record<string, { repository: string; tag: string; digest: string | null; foundAt: string | null }>

const pinsFile = 'charts/src/images.json'

export interface PinOptions {
  /** The folder that holds `environments/` and `charts/`. */
  readonly root: string
  /** `registry/path:tag`, or the name of an image in `charts/src/images.json`, whose tag is asked for again. */
  readonly images: readonly string[]
  /** Whose `release.json` gets an image of our own. */
  readonly environments: readonly string[]
  /** Written beside a digest as when it was found. */
  readonly today: string
  readonly login: RegistryLogin
  readonly write: (line: string) => void
}

/**
 * Resolves each image's tag to its digest and writes it where the image is pinned: an image of others, known by its
 * repository, in `charts/src/images.json`; any other in the `release.json` of the named environments. Nothing is written
 * unless every image was found.
 *
 * @throws {PlainError} where a name is wrong or a registry doesn't give a digest
 * @throws {EnvironmentProblems} where an environment is unknown
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
  write('Run "npx hadal render", review what changed and commit it.')
}

const releaseFile = (environment: string): string => `environments/${environment}/release.json`

interface Planned {
  readonly image: ImageReference
  /** Its name in the file of pins; undefined for an image of our own. */
  readonly name: string | undefined
}

function planned(text: string, pins: Pins, environments: readonly string[]): Planned {
  const pinned = pins[text]
  if (pinned) return { image: imageReference(`${pinned.repository}:${pinned.tag}`), name: text }
  if (!/[/:]/.test(text)) {
    throw new PlainError(
      `No image is called "${text}" in ${pinsFile}: ${Object.keys(pins).join(', ') || 'it is empty'}.`,
    )
  }
  const image = imageReference(text)
  const [name] = Object.entries(pins).find(([, pin]) => pin.repository === image.repository) ?? []
  if (name === undefined && environments.length === 0) {
    throw new PlainError(
      `"${image.repository}" is not in ${pinsFile}, so it is an image of your own. Say whose it is, e.g. "--environment dev".`,
    )
  }
  return { image, name }
}

/** An unknown environment is refused before anything is asked or written. A broken one may be mended by this very pin. */
async function checkEnvironment(root: string, name: string): Promise<void> {
  if (existsSync(join(root, 'environments', name))) return
  await loadEnvironment(root, name)
}

function readJson<Content>(root: string, file: string): Content {
  try {
    return JSON.parse(readFileSync(join(root, file), 'utf8')) as Content
  } catch (error) {
    throw new PlainError(
      `${file} is no JSON (${error instanceof Error ? error.message : error}). Mend it, then pin again.`,
    )
  }
}

/** Beside it first: a full disk leaves the old file as it was. */
function writeJson(root: string, file: string, content: unknown): void {
  const unfinished = join(root, `${file}.new`)
  writeFileSync(unfinished, `${JSON.stringify(content, null, 2)}\n`)
  renameSync(unfinished, join(root, file))
}
