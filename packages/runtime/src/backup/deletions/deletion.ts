import { z } from 'zod'

/**
 * A deletion in the log of deletions, or the restore of a deleted thread: one line of JSON. It names nobody: the mapping of pseudonyms is in the database
 * and in its backups.
 */
export const Deletion = z.strictObject({
  at: z.iso.datetime(),
  tenant: z.string(),
  /** `restored`: a person restored the thread. Releases that know only deletions refuse a log with such a line. */
  kind: z.enum(['thread', 'user', 'restored']),
  /** Pseudonym of the thread or user. */
  pseudonym: z.string(),
})
export type Deletion = z.infer<typeof Deletion>
