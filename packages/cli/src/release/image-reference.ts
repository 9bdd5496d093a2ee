import { PlainError } from '../plain-error.ts'

/** `registry.example.com/team/deep-agents:1.4.0`, in its parts. */
export interface ImageReference {
  /** With its port, where one is named: `registry.example.com`. */
  readonly host: string
  /** `team/deep-agents`. */
  readonly path: string
  readonly tag: string
  /** Host and path, as it is pinned. */
  readonly repository: string
}

const form = /^([a-z0-9][a-z0-9.-]*(?::\d+)?)\/([a-z0-9]+(?:[._/-]+[a-z0-9]+)*):([\w][\w.-]{0,127})$/

/**
 * Parses a reference with its registry and its tag written out: a short name would mean another image in another tool.
 *
 * @throws {PlainError} where a part is missing or the tag is `latest`
 */
export function imageReference(text: string): ImageReference {
  const [, host, path, tag] = form.exec(text) ?? []
  if (!host || !path || !tag || !(host.includes('.') || host.includes(':') || host === 'localhost')) {
    throw new PlainError(
      `"${text}" is no image with a registry and a tag. Write all three parts, e.g. "registry.example.com/team/deep-agents:1.4.0".`,
    )
  }
  if (tag === 'latest') {
    throw new PlainError(`"${text}": "latest" says nothing of what the image is. Name the tag of a version.`)
  }
  return { host, path, tag, repository: `${host}/${path}` }
}
