import type { Queryable } from '../transaction.ts'

/** A checkpoint of a thread: LangGraph's id for it within a namespace, which is empty for the graph itself. */
export interface CheckpointKey {
  readonly namespace: string
  readonly id: string
}

/** The first of the keys that no checkpoint of the thread has; undefined if the thread has them all. */
export async function findMissingCheckpoint(
  database: Queryable,
  threadId: string,
  keys: readonly CheckpointKey[],
): Promise<CheckpointKey | undefined> {
  const { rows } = await database.query<CheckpointKey>(
    `SELECT key.namespace, key.id
     FROM unnest($2::text[], $3::text[]) WITH ORDINALITY AS key (namespace, id, place)
     WHERE NOT EXISTS (
       SELECT 1 FROM public.checkpoints
       WHERE thread_id = $1 AND checkpoint_ns = key.namespace AND checkpoint_id = key.id)
     ORDER BY key.place LIMIT 1`,
    [threadId, keys.map(({ namespace }) => namespace), keys.map(({ id }) => id)],
  )
  return rows[0]
}
