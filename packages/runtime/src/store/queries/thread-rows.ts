import { type Scope, visible } from '../scope.ts'
import { sealedField } from '../sealing/sealed-json.ts'
import { openedThread, sealedInterrupts } from '../sealing/sealed-thread.ts'
import { sealsOf } from '../sealing/seals.ts'
import type { Queryable } from '../transaction.ts'
import type { OfThread } from './held-runs.ts'
import type { ThreadTtl } from './thread-ttl.ts'

export type ThreadStatus = 'idle' | 'busy' | 'interrupted' | 'error'
export const threadStatuses: readonly ThreadStatus[] = ['idle', 'busy', 'interrupted', 'error']

export interface ThreadRow {
  readonly thread_id: string
  readonly tenant: string
  readonly status: ThreadStatus
  readonly metadata: Record<string, unknown>
  readonly values: unknown
  /** The thread's pending interrupts, by the id of their task. */
  readonly interrupts: Record<string, readonly { readonly id?: string; readonly value?: unknown }[]>
  readonly error: unknown
  readonly created_at: Date
  readonly updated_at: Date
  readonly state_updated_at: Date
  /** Configuration and context of the thread's newest run; null without a run. */
  readonly newest_run: {
    readonly run_id: string
    readonly config: unknown
    readonly context: unknown
    /** Sealed texts of the request, of which SQL can't read the configuration; null if the request is plain. */
    readonly sealed: Readonly<Record<string, string>> | null
  } | null
}

/**
 * SQL that replaces U+0000 and lone surrogates in a JSON text, as `jsonbText` does: PostgreSQL reads no part of a JSON value that has them anywhere.
 * Most texts have no escape at all, so this is tested first because it is much faster.
 */
const storable = (text: string): string =>
  String.raw`CASE WHEN position('\u' IN ${text}) = 0 THEN ${text} ELSE regexp_replace(${text},
    '(?<!\\)((?:\\\\)*)\\u(0000|d[89a-f][0-9a-f]{2})', '\1\\ufffd', 'g') END`

/**
 * SQL for the newest run of a thread of the statement, with the fields of its request that the thread shows. The request is a `json` column with the
 * text that the client sent.
 */
export const newestRunOfThread = `(
  SELECT json_build_object('run_id', run_id, 'config', request->'config', 'context', request->'context', 'sealed', request->'${sealedField}') FROM (
    SELECT run_id, (${storable('sent')})::json AS request FROM (
      SELECT run.run_id, run.request::text AS sent FROM hadal.run AS run WHERE run.thread_id = thread.thread_id
      ORDER BY run.created_at DESC, run.run_id LIMIT 1) AS newest
    OFFSET 0) AS readable)`
const columns = `thread_id, tenant, status, metadata, "values", interrupts, error, created_at, updated_at, state_updated_at,
  ${newestRunOfThread} AS newest_run`

export async function findThread(database: Queryable, scope: Scope, threadId: string): Promise<ThreadRow | undefined> {
  const values: unknown[] = [threadId]
  const { rows } = await database.query<ThreadRow>(
    `SELECT ${columns} FROM hadal.thread WHERE thread_id = $1 AND ${visible(scope, values)}`,
    values,
  )
  return rows[0] && openedThread(database, rows[0])
}

/** A locked thread, without its values: they can be large, and no lock needs them. */
export type LockedThread = Pick<ThreadRow, 'thread_id' | 'tenant' | 'status' | 'interrupts'> & {
  /** User who made the thread; null without sign-in. */
  readonly owner: string | null
}

/** Locks a thread's row until the end of the transaction, so that no other transaction can change the thread's state, and returns the thread. */
export async function lockThread(
  database: Queryable,
  scope: Scope,
  threadId: string,
): Promise<LockedThread | undefined> {
  const values: unknown[] = [threadId]
  const { rows } = await database.query<LockedThread>(
    `SELECT thread_id, tenant, status, interrupts, owner FROM hadal.thread
     WHERE thread_id = $1 AND ${visible(scope, values)} FOR UPDATE`,
    values,
  )
  return rows[0] && openedThread(database, rows[0])
}

/** Returns the thread's pending interrupts by the id of their task. */
export async function findInterrupts(
  database: Queryable,
  { tenant, threadId }: OfThread,
): Promise<ThreadRow['interrupts']> {
  const { rows } = await database.query<Pick<ThreadRow, 'thread_id' | 'tenant' | 'interrupts'>>(
    'SELECT thread_id, tenant, interrupts FROM hadal.thread WHERE thread_id = $1 AND tenant = $2',
    [threadId, tenant],
  )
  return rows[0] ? openedThread(database, rows[0]).interrupts : {}
}

/**
 * Replaces the thread's pending interrupts.
 *
 * @param interrupts JSON
 */
export async function updateInterrupts(
  database: Queryable,
  { tenant, threadId }: OfThread,
  interrupts: string,
): Promise<void> {
  await database.query('UPDATE hadal.thread SET interrupts = $3 WHERE thread_id = $1 AND tenant = $2', [
    threadId,
    tenant,
    sealedInterrupts(sealsOf(database), interrupts, { tenant, threadId }),
  ])
}

/**
 * Inserts a thread of the scope's owner.
 *
 * @returns the new thread; undefined if its id exists, also if it belongs to another user or tenant
 */
export async function insertThread(
  database: Queryable,
  { tenant, owner }: Pick<Scope, 'tenant' | 'owner'>,
  thread: { threadId: string; metadata: string; temporary?: boolean; ttl?: ThreadTtl },
): Promise<ThreadRow | undefined> {
  const { rows } = await database.query<ThreadRow>(
    `INSERT INTO hadal.thread (thread_id, tenant, owner, metadata, temporary, ttl_strategy, ttl_minutes)
     VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING ${columns}`,
    [
      thread.threadId,
      tenant,
      owner,
      thread.metadata,
      thread.temporary ?? false,
      thread.ttl?.strategy,
      thread.ttl?.minutes,
    ],
  )
  return rows[0] && openedThread(database, rows[0])
}

/** Merges keys into the metadata of a thread, and replaces its TTL if one is given. */
export async function updateThread(
  database: Queryable,
  scope: Scope,
  threadId: string,
  { metadata, ttl }: { readonly metadata: string; readonly ttl: ThreadTtl | undefined },
): Promise<ThreadRow | undefined> {
  const values: unknown[] = [threadId, metadata, ttl?.strategy, ttl?.minutes]
  const { rows } = await database.query<ThreadRow>(
    `UPDATE hadal.thread SET metadata = metadata || $2, updated_at = now(),
       ttl_strategy = coalesce($3, ttl_strategy), ttl_minutes = coalesce($4, ttl_minutes)
     WHERE thread_id = $1 AND ${visible(scope, values)} RETURNING ${columns}`,
    values,
  )
  return rows[0] && openedThread(database, rows[0])
}

/** Returns the metadata of a thread without reading its state; undefined if there is no such thread. */
export async function findThreadMetadata(
  database: Queryable,
  scope: Scope,
  threadId: string,
): Promise<ThreadRow['metadata'] | undefined> {
  const values: unknown[] = [threadId]
  const { rows } = await database.query<Pick<ThreadRow, 'metadata'>>(
    `SELECT metadata FROM hadal.thread WHERE thread_id = $1 AND ${visible(scope, values)}`,
    values,
  )
  return rows[0]?.metadata
}

export async function threadExists(database: Queryable, scope: Scope, threadId: string): Promise<boolean> {
  const values: unknown[] = [threadId]
  const { rowCount } = await database.query(
    `SELECT 1 FROM hadal.thread WHERE thread_id = $1 AND ${visible(scope, values)}`,
    values,
  )
  return rowCount !== 0
}
