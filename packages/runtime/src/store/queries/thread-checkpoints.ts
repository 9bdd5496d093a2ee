import type { Queryable } from '../transaction.ts'

/** A checkpoint of a thread without its values. */
export interface CheckpointFacts {
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

/** Lists all checkpoints of a thread in all namespaces, oldest first. */
export async function listCheckpointFacts(database: Queryable, threadId: string): Promise<readonly CheckpointFacts[]> {
  const { rows } = await database.query<CheckpointFacts>(
    `SELECT checkpoint_ns AS namespace, checkpoint_id AS id, parent_checkpoint_id AS parent, metadata->>'source' AS source,
       CASE WHEN jsonb_typeof(metadata->'parents') = 'object' THEN metadata->'parents' END AS parents,
       checkpoint->>'ts' AS written_at, metadata ? 'counters_since_delta_snapshot' AS rebuilt
     FROM public.checkpoints WHERE thread_id = $1 ORDER BY hadal_sequence NULLS FIRST, checkpoint_id`,
    [threadId],
  )
  return rows
}

/** Key of a checkpoint within a thread. */
interface Key {
  readonly namespace: string
  readonly id: string
}

const columnsOf = (keys: readonly Key[]): [string[], string[]] => [
  keys.map(({ namespace }) => namespace),
  keys.map(({ id }) => id),
]

/** Removes checkpoints of a thread with their writes, and gives the checkpoints that followed them new parents. */
export async function removeCheckpoints(
  database: Queryable,
  threadId: string,
  keys: readonly Key[],
  newParents: readonly (Key & { readonly parent: string | null })[],
): Promise<void> {
  await database.query(
    `WITH removed AS (SELECT * FROM unnest($2::text[], $3::text[]) AS removed (namespace, id)),
     moved AS (SELECT * FROM unnest($4::text[], $5::text[], $6::text[]) AS moved (namespace, id, parent)),
     writes AS (
       DELETE FROM public.checkpoint_writes AS write USING removed
       WHERE write.thread_id = $1 AND write.checkpoint_ns = removed.namespace AND write.checkpoint_id = removed.id),
     follow AS (
       UPDATE public.checkpoints AS checkpoint SET parent_checkpoint_id = moved.parent FROM moved
       WHERE checkpoint.thread_id = $1 AND checkpoint.checkpoint_ns = moved.namespace AND checkpoint.checkpoint_id = moved.id)
     DELETE FROM public.checkpoints AS checkpoint USING removed
     WHERE checkpoint.thread_id = $1 AND checkpoint.checkpoint_ns = removed.namespace AND checkpoint.checkpoint_id = removed.id`,
    [threadId, ...columnsOf(keys), ...columnsOf(newParents), newParents.map(({ parent }) => parent)],
  )
}

/** Removes values of a thread's channels to which none of its checkpoints refers. @returns number of removed values */
export async function removeOrphanedValues(database: Queryable, threadId: string, most: number): Promise<number> {
  const { rowCount } = await database.query(
    `DELETE FROM public.checkpoint_blobs AS blob USING (
       SELECT checkpoint_ns, channel, version FROM public.checkpoint_blobs WHERE thread_id = $1
       EXCEPT
       SELECT checkpoint_ns, used.key, used.value
       FROM public.checkpoints, jsonb_each_text(checkpoint->'channel_versions') AS used WHERE thread_id = $1
       LIMIT $2) AS orphan
     WHERE blob.thread_id = $1 AND blob.checkpoint_ns = orphan.checkpoint_ns
       AND blob.channel = orphan.channel AND blob.version = orphan.version`,
    [threadId, most],
  )
  return rowCount ?? 0
}
