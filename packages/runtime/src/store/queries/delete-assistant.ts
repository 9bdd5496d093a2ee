import { visible, visibleAssistants } from '../scope.ts'
import type { Queryable } from '../transaction.ts'
import type { AssistantKey, VisibleAssistant } from './assistant-rows.ts'

/** An assistant whose deletion has begun. */
export interface DeletingAssistant {
  readonly tenant: string
  readonly owner: string | null
  readonly assistant_id: string
  readonly deletes_threads: boolean
}

/**
 * Marks an assistant as being deleted, in the caller's transaction. Waits for transactions that submit a run of it; later ones find no assistant.
 * An assistant that is being deleted is marked again.
 *
 * @returns whether the scope sees the assistant
 */
export async function markDeleting(
  database: Queryable,
  { scope, assistantId }: VisibleAssistant,
  withThreads: boolean,
): Promise<boolean> {
  // An UPDATE alone would not wait: it conflicts with no FOR KEY SHARE.
  const values: unknown[] = [assistantId]
  const { rowCount } = await database.query(
    `SELECT FROM hadal.assistant WHERE assistant_id = $1 AND ${visibleAssistants(scope, values)} FOR UPDATE`,
    values,
  )
  if (rowCount !== 1) return false
  await database.query(
    `UPDATE hadal.assistant SET deleting_since = coalesce(deleting_since, now()), deletes_threads = deletes_threads OR $3
     WHERE tenant = $1 AND assistant_id = $2`,
    [scope.tenant, assistantId, withThreads],
  )
  return true
}

/** Returns the assistants of all tenants whose deletion has begun. */
export async function deletingAssistants(database: Queryable): Promise<DeletingAssistant[]> {
  const { rows } = await database.query<DeletingAssistant>(
    'SELECT tenant, owner, assistant_id, deletes_threads FROM hadal.assistant WHERE deleting_since IS NOT NULL',
  )
  return rows
}

/** Returns some pending and running runs of an assistant that are not being cancelled. */
export async function activeRunsOfAssistant(
  database: Queryable,
  { tenant, assistantId }: AssistantKey,
  most: number,
): Promise<{ readonly run_id: string; readonly thread_id: string }[]> {
  const { rows } = await database.query<{ run_id: string; thread_id: string }>(
    `SELECT run_id, thread_id FROM hadal.run
     WHERE status IN ('pending', 'running') AND assistant_id = $1 AND tenant = $3 AND cancel IS NULL
     ORDER BY thread_id, created_at LIMIT $2`,
    [assistantId, most, tenant],
  )
  return rows
}

/** Returns some threads of a scope whose metadata name an assistant: the one of their last run, unless a client wrote another. */
export async function threadsOfAssistant(
  database: Queryable,
  { scope, assistantId }: VisibleAssistant,
  most: number,
): Promise<string[]> {
  const values: unknown[] = [assistantId, most]
  const { rows } = await database.query<{ thread_id: string }>(
    `SELECT thread_id FROM hadal.thread
     WHERE metadata @> jsonb_build_object('assistant_id', $1::text) AND ${visible(scope, values)} LIMIT $2`,
    values,
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
