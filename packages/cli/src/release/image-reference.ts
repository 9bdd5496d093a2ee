import { PlainError } from '../plain-error.ts'

/** Reference to an image, e.g. `registry.example.com/team/deep-agents:1.4.0`, in its parts. */
export interface ImageReference {
  /** Host of the registry, with the port if there is one, e.g. `registry.example.com`. */
  readonly host: string
  /** Path of the image in the registry, e.g. `team/deep-agents`. */
  readonly path: string
  readonly tag: string
  /** Host and path, as written into release.json. */
  readonly repository: string
}

const form = /^([a-z0-9][a-z0-9.-]*(?::\d+)?)\/([a-z0-9]+(?:[._/-]+[a-z0-9]+)*):([\w][\w.-]{0,127})$/

/**
 * Parses a full image reference with registry and tag. Short names are rejected, because tools resolve them to different registries.
 *
 * @throws {PlainError} if a part is missing or the tag is `latest`
 */
export function imageReference(text: string): ImageReference {
  const [, host, path, tag] = form.exec(text) ?? []
  if (!host || !path || !tag || !(host.includes('.') || host.includes(':') || host === 'localhost')) {
    throw new PlainError(
      `Invalid image: "${text}". Write registry, path and tag, e.g. "registry.example.com/team/deep-agents:1.4.0".`,
    )
  }
  if (tag === 'latest') {
    throw new PlainError(`Invalid image: "${text}". The tag "latest" is not allowed. Use the tag of a version.`)
  }
  return { host, path, tag, repository: `${host}/${path}` }
}
