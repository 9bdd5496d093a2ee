import type { Queryable } from '../transaction.ts'

const sizeOfCheckpoint = 'pg_column_size(checkpoint) + pg_column_size(metadata)'

/** Returns the size of the checkpoints of threads with their values and writes, as PostgreSQL stores them, in bytes. */
export async function bytesOfThreads(database: Queryable, threadIds: readonly string[]): Promise<number> {
  const { rows } = await database.query<{ bytes: number }>(
    `SELECT (
       (SELECT coalesce(sum(${sizeOfCheckpoint}), 0) FROM public.checkpoints WHERE thread_id = ANY($1::text[]))
       + (SELECT coalesce(sum(pg_column_size(blob)), 0) FROM public.checkpoint_blobs WHERE thread_id = ANY($1::text[]))
       + (SELECT coalesce(sum(pg_column_size(blob)), 0) FROM public.checkpoint_writes WHERE thread_id = ANY($1::text[]))
     )::double precision AS bytes`,
    [threadIds],
  )
  return rows[0]?.bytes ?? 0
}

/** Returns the size of some checkpoints of a thread with their writes, and with the values that none of its other checkpoints has, in bytes. */
export async function bytesOfCheckpoints(
  database: Queryable,
  threadId: string,
  keys: readonly { readonly namespace: string; readonly id: string }[],
): Promise<number> {
  const { rows } = await database.query<{ bytes: number }>(
    `WITH removed AS (SELECT * FROM unnest($2::text[], $3::text[]) AS removed (namespace, id)),
     used AS (
       SELECT checkpoint_ns, version.key AS channel, version.value AS version
       FROM public.checkpoints AS checkpoint, jsonb_each_text(checkpoint->'channel_versions') AS version
       WHERE thread_id = $1 AND (checkpoint_ns, checkpoint_id) NOT IN (SELECT namespace, id FROM removed))
     SELECT (
       (SELECT coalesce(sum(${sizeOfCheckpoint}), 0) FROM public.checkpoints
        WHERE thread_id = $1 AND (checkpoint_ns, checkpoint_id) IN (SELECT namespace, id FROM removed))
       + (SELECT coalesce(sum(pg_column_size(blob)), 0) FROM public.checkpoint_writes
          WHERE thread_id = $1 AND (checkpoint_ns, checkpoint_id) IN (SELECT namespace, id FROM removed))
       + (SELECT coalesce(sum(pg_column_size(blob)), 0) FROM public.checkpoint_blobs
          WHERE thread_id = $1 AND (checkpoint_ns, channel, version) NOT IN (SELECT * FROM used))
     )::double precision AS bytes`,
    [threadId, keys.map(({ namespace }) => namespace), keys.map(({ id }) => id)],
  )
  return rows[0]?.bytes ?? 0
}
