import pins from './images.json' with { type: 'json' }

/** Name of a third-party image in `images.json`, which `hadal release pin <image>` edits. Each entry names where its digest was found. */
export type ImageName = keyof typeof pins

/** A pinned third-party image. */
export interface ImagePin {
  readonly repository: string
  /** Tag of a third-party image, for readers. The cluster pulls the image by its digest. */
  readonly tag: string
  /** Digest of a third-party image; `null` until it was read from a registry. */
  readonly digest: string | null
  readonly foundAt: string | null
}

/**
 * Image reference of a pod: `repository:tag@digest`. CloudNativePG reads PostgreSQL's version from the tag.
 *
 * @throws Error if no digest is pinned
 */
export function imageReference(name: ImageName, pin: ImagePin = pins[name]): string {
  if (pin.digest === null)
    throw new Error(
      `Image "${name}" (${pin.repository}:${pin.tag}) has no digest in charts/src/images.json. Pin it with "hadal release pin ${name}".`,
    )
  return `${pin.repository}:${pin.tag}@${pin.digest}`
}
