import pins from './images.json' with { type: 'json' }

/** Images of others. `images.json` is what `hadal release pin <image>` edits; where each digest was found stands beside it. */
export type ImageName = keyof typeof pins

/** An image of somebody else's, as it is pinned. */
export interface ImagePin {
  readonly repository: string
  /** For people; the cluster pulls by the digest. */
  readonly tag: string
  /** `null` until one was seen: a digest is never made up. */
  readonly digest: string | null
  readonly foundAt: string | null
}

/**
 * The reference that a pod pulls. CloudNativePG reads the version of PostgreSQL from the tag, so it stands before the digest.
 *
 * @throws a sentence where no digest is pinned
 */
export function imageReference(name: ImageName, pin: ImagePin = pins[name]): string {
  if (pin.digest === null)
    throw new Error(
      `Image "${name}" (${pin.repository}:${pin.tag}) has no digest in charts/src/images.json. Pin it with "hadal release pin ${name}".`,
    )
  return `${pin.repository}:${pin.tag}@${pin.digest}`
}
