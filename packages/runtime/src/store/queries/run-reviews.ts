import { canaryTenant } from '../canary-tenant.ts'
import { queueSchema, runQueue } from '../run-queue.ts'
import type { Queryable } from '../transaction.ts'
import type { PastRestore } from './restores.ts'

/** A run that waits for its release after a restore. */
export interface RunReview {
  readonly run_id: string
  readonly thread_id: string
  readonly tenant: string
  readonly owner: string | null
  readonly graph_id: string
  readonly created_at: Date
  /** Time before which the run does not start after its release, because its client scheduled it; null if its release starts it. */
  readonly start_at: Date | null
  /** Whether the run had begun before the backup's snapshot. */
  readonly begun: boolean
  /** Time of the backup's snapshot. */
  readonly snapshot_at: Date
  /** Number of tool calls of the thread that had begun and not ended at the snapshot, so that they may have acted. */
  readonly open_calls: number
  /** Whether the run needs credentials of its request, which are in no backup. */
  readonly has_credentials: boolean
}

/**
 * SQL for the runs under review, after FROM. A server of the release before does not delete the review of a run that it ends, so the run's status counts
 * too. The canary's run is for a drill only.
 */
export const runsUnderReview = `hadal.run_review AS review JOIN hadal.run AS run USING (run_id)
     WHERE run.status = 'pending' AND run.tenant <> '${canaryTenant}'`

/** Lists the runs of all tenants that wait for their release, oldest first, after a run. */
export async function listReviews(
  database: Queryable,
  after: Pick<RunReview, 'created_at' | 'run_id'> | undefined,
  most: number,
): Promise<RunReview[]> {
  const { rows } = await database.query<RunReview>(
    `SELECT run.run_id, run.thread_id, run.tenant, run.owner, run.graph_id, date_trunc('milliseconds', run.created_at) AS created_at,
       CASE WHEN run.start_at > clock_timestamp() THEN run.start_at END AS start_at, run.started_at IS NOT NULL AS begun, review.snapshot_at, run.has_credentials,
       (SELECT count(*)::int FROM hadal.tool_call AS call WHERE call.thread_id = run.thread_id AND call.ended_at IS NULL) AS open_calls
     FROM ${runsUnderReview} AND ($1::timestamptz IS NULL OR (date_trunc('milliseconds', run.created_at), run.run_id) > ($1, $2::uuid))
     ORDER BY date_trunc('milliseconds', run.created_at), run.run_id LIMIT $3`,
    [after?.created_at ?? null, after?.run_id ?? null, most],
  )
  return rows
}

/**
 * Releases a run from its review: a worker may start it now, or at the time to which its client scheduled it. The caller notifies the workers.
 *
 * @returns false if the run is not under review
 */
export async function releaseRun(database: Queryable, runId: string): Promise<boolean> {
  const { rows } = await database.query<{ released: boolean }>('SELECT hadal.release_run_v1($1) AS released', [runId])
  return rows[0]?.released === true
}

/** Whether a run waits for its release after a restore. */
export async function isUnderReview(database: Queryable, runId: string): Promise<boolean> {
  const { rowCount } = await database.query(
    "SELECT FROM hadal.run_review JOIN hadal.run AS run USING (run_id) WHERE run_id = $1 AND run.status = 'pending'",
    [runId],
  )
  return rowCount === 1
}

/**
 * Puts a waiting run under review if one of the approval requests for which it was accepted was asked before a restore of the whole database. The caller's
 * transaction must hold the thread's lock and insert the run.
 */
export async function reviewAfterRestore(
  database: Queryable,
  run: { readonly tenant: string; readonly runId: string; readonly digests: readonly string[] },
  restore: PastRestore,
): Promise<void> {
  await database.query(
    `WITH review AS (
       INSERT INTO hadal.run_review (run_id, tenant, owner, thread_id, restore_id, snapshot_at)
       SELECT run_id, tenant, owner, thread_id, $4, $5 FROM hadal.run
       WHERE run_id = $1 AND tenant = $2 AND $6::timestamptz > (
         SELECT min(asked.at) FROM hadal.approval_event AS asked
         WHERE asked.event = 'asked' AND asked.tenant = $2 AND asked.digest = ANY($3::text[]))
       RETURNING run_id)
     UPDATE ${queueSchema}.job SET start_after = 'infinity', keep_until = 'infinity' FROM review
     WHERE name = '${runQueue}' AND id = review.run_id`,
    [run.runId, run.tenant, [...run.digests], restore.restore_id, restore.snapshot_at, restore.ended_at],
  )
}
