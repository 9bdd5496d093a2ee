import type { Queryable } from '../transaction.ts'
import { resting } from './due-threads.ts'

/** Deletes threads with their runs, events and checkpoints. The caller deletes their queued jobs first (see `runs/delete-thread.ts`). */
export async function deleteThreads(database: Queryable, threadIds: readonly string[]): Promise<void> {
  for (const table of ['checkpoint_writes', 'checkpoint_blobs', 'checkpoints']) {
    await database.query(`DELETE FROM public.${table} WHERE thread_id = ANY($1::text[])`, [threadIds])
  }
  await database.query(
    `INSERT INTO hadal.approval_event (event, digest, tenant, owner, thread_id, place, tool, expires_at, actor, reason)
     SELECT 'withdrawn', digest, tenant, owner, thread_id, place, tool, expires_at, 'hadal:thread', 'its thread was deleted'
     FROM hadal.approval_event AS asked
     LEFT JOIN LATERAL (
       SELECT latest.event AS last FROM hadal.approval_event AS latest
       WHERE latest.digest = asked.digest AND latest.event <> 'asked' ORDER BY sequence DESC LIMIT 1) AS latest ON true
     WHERE event = 'asked' AND thread_id = ANY($1::uuid[]) AND actor IS DISTINCT FROM 'hadal:mark'
       AND (last IS NULL OR last = 'unused')`,
    [threadIds],
  )
  await database.query("DELETE FROM hadal.approval_event WHERE thread_id = ANY($1::uuid[]) AND actor = 'hadal:mark'", [
    threadIds,
  ])
  await database.query('DELETE FROM hadal.thread WHERE thread_id = ANY($1::uuid[])', [threadIds])
}

/**
 * Returns and locks threads of stateless runs that ended so long ago that their clients have read the end.
 *
 * @param except ids of threads to leave out
 */
export async function expiredTemporaryThreads(
  database: Queryable,
  limit: number,
  except: readonly string[] = [],
): Promise<string[]> {
  const { rows } = await database.query<{ thread_id: string }>(
    `SELECT thread_id FROM hadal.thread
     WHERE temporary AND updated_at < now() - interval '5 minutes' AND ${resting}
     AND thread_id <> ALL($2::uuid[]) LIMIT $1 FOR UPDATE SKIP LOCKED`,
    [limit, except],
  )
  return rows.map((row) => row.thread_id)
}
