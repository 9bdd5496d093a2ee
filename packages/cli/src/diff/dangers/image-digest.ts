import type { Json, KubernetesObject } from '@hadal/charts/rendered-object'
import { joinPath, recordsIn } from '@hadal/charts/validate/read-json'
import { unreleasedDigest } from '@hadal/platform/release'
import type { Danger, DangerRule } from '../compared.ts'

/** Finds images without a digest, or with the placeholder digest of all zeros. */
export const imageDigest: DangerRule = ({ after }, sides) => {
  // Images that the environment already runs are not reported again.
  const known = new Set(sides.before.flatMap(images).map(({ image }) => image))
  return images(after)
    .filter(({ image }) => !known.has(image))
    .flatMap(({ image, field }): Danger[] => {
      if (!image.includes('@sha256:')) {
        const what = `The image "${image}" has no digest.`
        return [
          { field, what, why: 'A tag can move, so the image that runs may differ from the one that was reviewed.' },
        ]
      }
      if (!image.endsWith(unreleasedDigest)) return []
      return [
        { field, what: 'The digest of the image is all zeros.', why: 'No such image exists, so no pod can start.' },
      ]
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
