import type { Json, KubernetesObject } from '@hadal/charts/rendered-object'
import { joinPath, recordsIn } from '@hadal/charts/validate/read-json'
import { unreleasedDigest } from '@hadal/platform/release'
import type { Danger, DangerRule } from '../compared.ts'

/** An image is named by what can change under it, or by the digest of no image at all. */
export const imageDigest: DangerRule = ({ after }, sides) => {
  // One that the environment runs already is no news.
  const known = new Set(sides.before.flatMap(images).map(({ image }) => image))
  return images(after)
    .filter(({ image }) => !known.has(image))
    .flatMap(({ image, field }): Danger[] => {
      if (!image.includes('@sha256:')) {
        const what = `The image "${image}" has no digest.`
        return [{ field, what, why: 'A tag can be moved: what runs tomorrow need not be what was reviewed.' }]
      }
      if (!image.endsWith(unreleasedDigest)) return []
      return [{ field, what: 'The image has the digest of none.', why: 'No registry has it, so no pod can start.' }]
    })
}

function images(object: KubernetesObject | undefined): { image: string; field: string }[] {
  return recordsIn(object as Json | undefined).flatMap(([record, path]) =>
    ['image', 'imageName'].flatMap((key) => {
      const image = record[key]
      return typeof image === 'string' ? [{ image, field: joinPath(path, key) }] : []
    }),
  )
}
