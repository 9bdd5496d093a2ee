import { newestFirst, olderThan } from '../checkpoint-order.ts'
import type { Queryable } from '../transaction.ts'

/** Key of a checkpoint within a thread: its namespace, empty for the root graph, and LangGraph's id. */
export interface CheckpointKey {
  readonly namespace: string
  readonly id: string
}

/** Returns the first key without a checkpoint in the thread; undefined if all exist. */
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

/** Whether each of some checkpoints is the newest in its namespace. */
export async function areNewest(
  database: Queryable,
  threadId: string,
  keys: readonly CheckpointKey[],
): Promise<boolean> {
  const { rowCount } = await database.query(
    `SELECT 1 FROM unnest($2::text[], $3::text[]) AS key (namespace, id)
     WHERE key.id IS DISTINCT FROM (
       SELECT checkpoint_id FROM public.checkpoints WHERE thread_id = $1 AND checkpoint_ns = key.namespace
       ORDER BY ${newestFirst} LIMIT 1) LIMIT 1`,
    [threadId, keys.map(({ namespace }) => namespace), keys.map(({ id }) => id)],
  )
  return rowCount === 0
}

/** Whether a thread has a checkpoint in any of some namespaces. */
export async function hasNamespace(
  database: Queryable,
  threadId: string,
  namespaces: readonly string[],
): Promise<boolean> {
  const { rowCount } = await database.query(
    'SELECT 1 FROM public.checkpoints WHERE thread_id = $1 AND checkpoint_ns = ANY($2::text[]) LIMIT 1',
    [threadId, namespaces],
  )
  return rowCount !== 0
}

/** Returns the time at which keep-latest last removed checkpoints of a thread; undefined if it never did. */
export async function checkpointsRemovedAt(database: Queryable, threadId: string): Promise<Date | undefined> {
  const { rows } = await database.query<{ checkpoints_removed_at: Date | null }>(
    'SELECT checkpoints_removed_at FROM hadal.thread WHERE thread_id = $1',
    [threadId],
  )
  return rows[0]?.checkpoints_removed_at ?? undefined
}

/** Row of a checkpoint in the database, without the values of its channels. */
export interface CheckpointRow {
  readonly checkpoint_id: string
  readonly parent_checkpoint_id: string | null
  readonly created_at: string | null
  readonly metadata: Record<string, unknown>
}

/** Lists the checkpoints of a thread in one namespace, newest first. */
export async function listCheckpoints(
  database: Queryable,
  threadId: string,
  namespace: string,
  { limit, before, id, metadata }: { limit: number; before?: string; id?: string; metadata?: object },
): Promise<readonly CheckpointRow[]> {
  const { rows } = await database.query<CheckpointRow>(
    `SELECT checkpoint_id, parent_checkpoint_id, checkpoint->>'ts' AS created_at, metadata FROM public.checkpoints
     WHERE thread_id = $1 AND checkpoint_ns = $2 AND ($3::text IS NULL OR ${olderThan('$1', '$3')})
       AND ($4::text IS NULL OR checkpoint_id = $4) AND metadata @> $5
     ORDER BY ${newestFirst} LIMIT $6`,
    [threadId, namespace, before ?? null, id ?? null, JSON.stringify(metadata ?? {}), limit],
  )
  return rows
}
