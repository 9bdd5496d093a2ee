import type { Queryable } from '../transaction.ts'

/** A checkpoint of a thread without its values. */
export interface CheckpointFacts {
  readonly thread_id: string
  readonly namespace: string
  readonly id: string
  readonly parent: string | null
  readonly source: string | null
  /** Checkpoint ids of the enclosing graphs, by namespace. */
  readonly parents: Readonly<Record<string, unknown>> | null
  /** Time at which the worker wrote it, as ISO 8601; null if the checkpoint has none. */
  readonly written_at: string | null
  /** Whether its graph has a DeltaChannel, whose values LangGraph rebuilds from earlier checkpoints. */
  readonly rebuilt: boolean
}

/** Lists all checkpoints of threads in all namespaces, the oldest of each thread first. */
export async function listCheckpointFacts(
  database: Queryable,
  threadIds: readonly string[],
): Promise<readonly CheckpointFacts[]> {
  const { rows } = await database.query<CheckpointFacts>(
    `SELECT thread_id, checkpoint_ns AS namespace, checkpoint_id AS id, parent_checkpoint_id AS parent, metadata->>'source' AS source,
       CASE WHEN jsonb_typeof(metadata->'parents') = 'object' THEN metadata->'parents' END AS parents,
       checkpoint->>'ts' AS written_at, metadata ? 'counters_since_delta_snapshot' AS rebuilt
     FROM public.checkpoints WHERE thread_id = ANY($1::text[]) ORDER BY hadal_sequence NULLS FIRST, checkpoint_id`,
    [threadIds],
  )
  return rows
}

/** Key of a checkpoint. */
export interface CheckpointOfThread {
  readonly threadId: string
  readonly namespace: string
  readonly id: string
}

const columnsOf = (keys: readonly CheckpointOfThread[]): [string[], string[], string[]] => [
  keys.map(({ threadId }) => threadId),
  keys.map(({ namespace }) => namespace),
  keys.map(({ id }) => id),
]

/** Removes checkpoints with their writes, and gives the checkpoints that followed them new parents. */
export async function removeCheckpoints(
  database: Queryable,
  keys: readonly CheckpointOfThread[],
  newParents: readonly (CheckpointOfThread & { readonly parent: string | null })[],
): Promise<void> {
  await database.query(
    `WITH removed AS (SELECT * FROM unnest($1::text[], $2::text[], $3::text[]) AS removed (thread_id, namespace, id)),
     moved AS (SELECT * FROM unnest($4::text[], $5::text[], $6::text[], $7::text[]) AS moved (thread_id, namespace, id, parent)),
     writes AS (
       DELETE FROM public.checkpoint_writes AS write USING removed
       WHERE write.thread_id = removed.thread_id AND write.checkpoint_ns = removed.namespace AND write.checkpoint_id = removed.id),
     follow AS (
       UPDATE public.checkpoints AS checkpoint SET parent_checkpoint_id = moved.parent FROM moved
       WHERE checkpoint.thread_id = moved.thread_id AND checkpoint.checkpoint_ns = moved.namespace AND checkpoint.checkpoint_id = moved.id)
     DELETE FROM public.checkpoints AS checkpoint USING removed
     WHERE checkpoint.thread_id = removed.thread_id AND checkpoint.checkpoint_ns = removed.namespace
       AND checkpoint.checkpoint_id = removed.id`,
    [...columnsOf(keys), ...columnsOf(newParents), newParents.map(({ parent }) => parent)],
  )
}

/** Removes values of channels to which no checkpoint of their thread refers. @returns number of removed values */
export async function removeOrphanedValues(
  database: Queryable,
  threadIds: readonly string[],
  most: number,
): Promise<number> {
  const { rowCount } = await database.query(
    `DELETE FROM public.checkpoint_blobs AS blob USING (
       SELECT thread_id, checkpoint_ns, channel, version FROM public.checkpoint_blobs WHERE thread_id = ANY($1::text[])
       EXCEPT
       SELECT thread_id, checkpoint_ns, used.key, used.value
       FROM public.checkpoints, jsonb_each_text(checkpoint->'channel_versions') AS used WHERE thread_id = ANY($1::text[])
       LIMIT $2) AS orphan
     WHERE blob.thread_id = orphan.thread_id AND blob.checkpoint_ns = orphan.checkpoint_ns
       AND blob.channel = orphan.channel AND blob.version = orphan.version`,
    [threadIds, most],
  )
  return rowCount ?? 0
}
