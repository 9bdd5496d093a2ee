import { z } from 'zod'

/** A deletion in the log of deletions: one line of JSON. It names nobody: the mapping of pseudonyms is in the database and in its backups. */
export const Deletion = z.strictObject({
  at: z.iso.datetime(),
  tenant: z.string(),
  kind: z.enum(['thread', 'user']),
  /** Pseudonym of the deleted thread or user. */
  pseudonym: z.string(),
})
export type Deletion = z.infer<typeof Deletion>
