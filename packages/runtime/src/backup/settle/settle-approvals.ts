import type pg from 'pg'

/** Actor of the events that a restore adds to the approval ledger. */
export const restoreActor = 'hadal:restore'

/**
 * Makes granted approvals of restored threads invalid whose calls have not begun: after the backup, they may have been used. If a run waits that has the
 * answer, its question is withdrawn, so that the run asks a new one with another digest; without such a run the same question waits again. The events are
 * part of every check of a digest: see `hadal.begin_call_v2`.
 *
 * @param threads ids of the restored threads; null for the whole database
 * @returns number of the approvals
 */
export async function settleApprovals(
  client: pg.ClientBase,
  threads: readonly string[] | null,
  snapshotAt: Date,
): Promise<number> {
  const reason = `the database was restored from a backup of ${snapshotAt.toISOString()}, so the approval may have been used`
  const { rows } = await client.query<{ count: number }>(
    `WITH granted AS MATERIALIZED (
       SELECT asked.*, EXISTS (
         SELECT FROM hadal.run AS run WHERE run.thread_id = asked.thread_id AND run.status IN ('pending', 'running')) AS is_active
       FROM hadal.approval_event AS asked
       CROSS JOIN LATERAL (
         SELECT event, decision FROM hadal.approval_event AS latest
         WHERE latest.digest = asked.digest AND latest.event <> 'asked' ORDER BY sequence DESC LIMIT 1) AS latest
       WHERE asked.event = 'asked' AND asked.actor IS DISTINCT FROM 'hadal:mark'
         AND latest.event = 'decided' AND latest.decision IN ('approve', 'edit')
         AND ($1::uuid[] IS NULL OR asked.thread_id = ANY($1))),
     added AS (
       INSERT INTO hadal.approval_event (event, digest, tenant, owner, thread_id, place, tool, expires_at, actor, reason)
       SELECT change.event, digest, tenant, owner, thread_id, place, tool, expires_at, $2, $3
       FROM granted CROSS JOIN (VALUES (1, 'unused'), (2, 'withdrawn')) AS change (number, event)
       WHERE change.number = 1 OR is_active
       ORDER BY digest, change.number)
     SELECT count(*)::int AS count FROM granted`,
    [threads, restoreActor, reason],
  )
  return rows[0]?.count ?? 0
}
