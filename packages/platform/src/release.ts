import { z } from 'zod'

/** The digest of an image that was never released. */
export const unreleasedDigest = `sha256:${'0'.repeat(64)}`

/** `release.json`: what machines edit. The digest names the image exactly; a tag would not. */
export const Release = z.strictObject({
  image: z.strictObject({
    repository: z
      .string()
      .regex(
        /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)+$/,
        'registry and path without a tag, e.g. "registry.example.com/team/deep-agents"',
      ),
    digest: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/, '"sha256:" and 64 hexadecimal digits, never a tag such as "latest"'),
  }),
})
export type Release = z.infer<typeof Release>
