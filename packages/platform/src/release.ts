import { z } from 'zod'

/** Placeholder image digest (all zeros) of an environment that has no release yet. */
export const unreleasedDigest = `sha256:${'0'.repeat(64)}`

/** Content of `release.json`, which tools edit: the image by digest, because a tag can move. */
export const Release = z.strictObject({
  image: z.strictObject({
    repository: z
      .string()
      .regex(
        /^[a-z0-9.-]+(:\d+)?(\/[a-z0-9._-]+)+$/,
        'a registry and path without a tag, e.g. "registry.example.com/team/deep-agents"',
      ),
    digest: z
      .string()
      .regex(/^sha256:[0-9a-f]{64}$/, '"sha256:" and 64 hexadecimal digits, not a tag such as "latest"'),
  }),
})
export type Release = z.infer<typeof Release>
