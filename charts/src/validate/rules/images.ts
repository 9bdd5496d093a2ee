import type { RenderedObject } from '../../rendered-object.ts'
import type { Finding } from '../manifest-problem.ts'
import { recordsIn } from '../read-json.ts'
import type { Rule } from '../subject.ts'

/** Rule: every image has a digest, because a tag can be moved to another image. */
export const images: Rule = ({ objects }) => objects.flatMap(check)

/** Matches an image reference with an explicit host: `host/path[:tag]@sha256:…`. */
const pinned = /^[a-z0-9][a-z0-9.-]*(:\d+)?(\/[a-z0-9._-]+)+(:[\w][\w.-]{0,127})?@sha256:[0-9a-f]{64}$/

const pin = "Add it to charts/src/images.json, run `npx hadal release pin <name>`, and write imageReference('<name>')."

function check(rendered: RenderedObject): Finding[] {
  return recordsIn(rendered.object).flatMap(([record, path]) =>
    (['image', 'imageName'] as const).flatMap((key): Finding[] => {
      const image = record[key]
      // A key `image` in a free-form map (a dashboard, a list of Argo CD images) may be something else.
      if (typeof image !== 'string' || !('name' in record || key === 'imageName')) return []
      const field = path === '' ? key : `${path}.${key}`
      if (!image.includes('@')) {
        const tag = /(:latest|^[^:]+|\/[^:/]+)$/.test(image)
          ? 'is the newest image whenever a pod starts'
          : 'has a tag that can be moved'
        return [{ rendered, field, problem: `"${image}" ${tag}.`, mend: pin }]
      }
      if (pinned.test(image)) return []
      return [
        {
          rendered,
          field,
          problem: `"${image}" does not name a registry, a path and a sha256 digest.`,
          mend: 'Write it as registry/path:tag@sha256:<64 hexadecimal digits>.',
        },
      ]
    }),
  )
}
