import type { Rule } from '../policy-resource.ts'

/** Every image names a digest or a version, in whatever kind of object a pod is described. */
export const versionsPinned: Rule = ({ type, props }) =>
  type.startsWith('kubernetes:')
    ? imagesIn(props)
        .filter((image) => !isPinned(image))
        .map((image) => `the image ${image} has no version: what runs would change without anybody's doing. Name one.`)
    : []

const isPinned = (image: string): boolean => {
  if (image.includes('@')) return /@sha256:[0-9a-f]{64}$/.test(image)
  const tag = /:([^/:]+)$/.exec(image)?.[1]
  return tag !== undefined && !/^(latest|main|master|stable|edge)$/.test(tag)
}

/** Images of the containers that a pod, or a template of one, lists. */
function imagesIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(imagesIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([field, inner]) =>
    field === 'containers' || field === 'initContainers' ? listed(inner) : imagesIn(inner),
  )
}

/** In a CustomResourceDefinition `containers` is a schema, not a list. */
const listed = (containers: unknown): string[] =>
  Array.isArray(containers)
    ? containers.flatMap((container: { image?: unknown }) =>
        typeof container.image === 'string' ? [container.image] : [],
      )
    : imagesIn(containers)
