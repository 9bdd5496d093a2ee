/**
 * ORDER BY terms that sort a thread's checkpoints, newest first, by the sequence number that the database assigned (migration 0008). The ids order
 * the checkpoints of one transaction, and the checkpoints from before that migration, which have no number and are the oldest.
 */
export const newestFirst = 'hadal_sequence DESC NULLS LAST, checkpoint_id DESC'

/**
 * Returns the SQL condition for checkpoints that are older than another checkpoint of the same thread, in any namespace.
 *
 * @param thread placeholder of the thread's id, such as `$1`
 * @param id placeholder of the other checkpoint's id
 */
export const olderThan = (thread: string, id: string): string =>
  `(coalesce(hadal_sequence, 0), checkpoint_id) < (coalesce(
    (SELECT max(other.hadal_sequence) FROM public.checkpoints AS other WHERE other.thread_id = ${thread} AND other.checkpoint_id = ${id}), 0), ${id})`
