import type { Queryable } from '../transaction.ts'
import type { AssistantKey } from './assistant-rows.ts'

/** An assistant whose deletion has begun. */
export interface DeletingAssistant {
  readonly assistant_id: string
  readonly deletes_threads: boolean
}

/**
 * Marks an assistant as being deleted, in the caller's transaction. Waits for transactions that submit a run of it; later ones find no assistant.
 * An assistant that is being deleted is marked again.
 *
 * @returns whether the assistant exists
 */
export async function markDeleting(
  database: Queryable,
  { tenant, assistantId }: AssistantKey,
  withThreads: boolean,
): Promise<boolean> {
  // An UPDATE alone would not wait: it conflicts with no FOR KEY SHARE.
  await database.query('SELECT FROM hadal.assistant WHERE tenant = $1 AND assistant_id = $2 FOR UPDATE', [
    tenant,
    assistantId,
  ])
  const { rowCount } = await database.query(
    `UPDATE hadal.assistant SET deleting_since = coalesce(deleting_since, now()), deletes_threads = deletes_threads OR $3
     WHERE tenant = $1 AND assistant_id = $2`,
    [tenant, assistantId, withThreads],
  )
  return rowCount === 1
}

export async function deletingAssistants(database: Queryable, tenant: string): Promise<DeletingAssistant[]> {
  const { rows } = await database.query<DeletingAssistant>(
    'SELECT assistant_id, deletes_threads FROM hadal.assistant WHERE tenant = $1 AND deleting_since IS NOT NULL',
    [tenant],
  )
  return rows
}

/** Returns some pending and running runs of an assistant that are not being cancelled. */
export async function activeRunsOfAssistant(
  database: Queryable,
  assistantId: string,
  most: number,
): Promise<{ readonly run_id: string; readonly thread_id: string }[]> {
  const { rows } = await database.query<{ run_id: string; thread_id: string }>(
    `SELECT run_id, thread_id FROM hadal.run
     WHERE status IN ('pending', 'running') AND assistant_id = $1 AND cancel IS NULL ORDER BY thread_id, created_at LIMIT $2`,
    [assistantId, most],
  )
  return rows
}

/** Returns some threads whose metadata name an assistant: the one of their last run, unless a client wrote another. */
export async function threadsOfAssistant(database: Queryable, assistantId: string, most: number): Promise<string[]> {
  const { rows } = await database.query<{ thread_id: string }>(
    "SELECT thread_id FROM hadal.thread WHERE metadata @> jsonb_build_object('assistant_id', $1::text) LIMIT $2",
    [assistantId, most],
  )
  return rows.map(({ thread_id }) => thread_id)
}

/** Deletes an assistant that is being deleted, with its versions. */
export async function deleteAssistantRow(database: Queryable, { tenant, assistantId }: AssistantKey): Promise<void> {
  await database.query(
    'DELETE FROM hadal.assistant WHERE tenant = $1 AND assistant_id = $2 AND deleting_since IS NOT NULL',
    [tenant, assistantId],
  )
}
