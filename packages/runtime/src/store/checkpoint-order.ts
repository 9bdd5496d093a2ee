/**
 * Order of a thread's checkpoints, newest first: by the number that the database gave them (migration 0008). The ids decide between checkpoints of
 * one transaction, and between those from before that migration, which have no number and are the oldest.
 */
export const newestFirst = 'hadal_sequence DESC NULLS LAST, checkpoint_id DESC'

/**
 * Condition for checkpoints that are older than another checkpoint of the thread, whatever its namespace.
 *
 * @param thread placeholder of the thread's id, such as `$1`
 * @param id placeholder of the other checkpoint's id
 */
export const olderThan = (thread: string, id: string): string =>
  `(coalesce(hadal_sequence, 0), checkpoint_id) < (coalesce(
    (SELECT max(other.hadal_sequence) FROM public.checkpoints AS other WHERE other.thread_id = ${thread} AND other.checkpoint_id = ${id}), 0), ${id})`
