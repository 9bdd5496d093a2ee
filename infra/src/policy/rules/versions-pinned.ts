import type { Rule } from '../policy-resource.ts'

/** Rule: every image must have a digest or a version, in every kind of object that describes pods. */
export const versionsPinned: Rule = ({ type, props }) =>
  type.startsWith('kubernetes:')
    ? imagesIn(props)
        .filter((image) => !isPinned(image))
        .map(
          (image) =>
            `the image ${image} has no version, so it could change without a deployment. Add a version or a digest.`,
        )
    : []

const isPinned = (image: string): boolean => {
  if (image.includes('@')) return /@sha256:[0-9a-f]{64}$/.test(image)
  const tag = /:([^/:]+)$/.exec(image)?.[1]
  return tag !== undefined && !/^(latest|main|master|stable|edge)$/.test(tag)
}

/** Images of the containers in a pod or pod template. */
function imagesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(imagesIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([field, inner]) =>
    field === 'containers' || field === 'initContainers' ? listed(inner) : imagesIn(inner),
  )
}

/** Returns the containers of a list. In a CustomResourceDefinition `containers` is a schema and not a list; then there are none. */
const listed = (containers: unknown): string[] =>
  Array.isArray(containers)
    ? containers.flatMap((container: { image?: unknown }) =>
        typeof container.image === 'string' ? [container.image] : [],
      )
    : imagesIn(containers)
