import type pg from 'pg'
import { runsUnderReview } from '../../store/queries/run-reviews.ts'
import { queueSchema, runQueue } from '../../store/run-queue.ts'
import { numberEvents } from './number-events.ts'
import { settleApprovals } from './settle-approvals.ts'

/** A restore whose rows are loaded and verified, but which is not yet visible or usable. */
export interface LoadedRestore {
  readonly restoreId: string
  /** When the snapshot of the backup was taken. */
  readonly snapshotAt: Date
  /** Ids of the restored threads; undefined if the whole database was restored. */
  readonly threads: readonly string[] | undefined
}

/** What a restore changed in the rows of the backup, for the report of the command. */
export interface SettledRestore {
  /** Number of runs that wait for their release. */
  readonly runsUnderReview: number
  /** Number of granted approvals that are asked anew. */
  readonly approvalsAskedAnew: number
  /** Number of API keys that wait for their confirmation. */
  readonly keysToConfirm: number
}

/** SQL condition of a restored row; `$1` are the ids of the restored threads, or NULL for the whole database. */
const restored = (threadId: string): string => `($1::uuid[] IS NULL OR ${threadId} = ANY($1))`

/** Detail of the attempts that executed a run when the backup was taken. */
const attemptEnd = 'The database was restored from a backup.'

/**
 * Changes restored rows so that the restore undoes nothing that may have happened after the backup: runs wait for review, granted approvals are asked anew,
 * API keys wait for their confirmation. Part of the transaction that ends the restore, in which all rows and the triggers of the queue must exist.
 */
export async function settleRestored(client: pg.ClientBase, restore: LoadedRestore): Promise<SettledRestore> {
  const threads = restore.threads === undefined ? null : [...restore.threads]
  // Before the runs change: a granted approval is closed only if its run waits.
  const approvalsAskedAnew = await settleApprovals(client, threads, restore.snapshotAt)
  await client.query(
    `UPDATE hadal.run SET status = 'pending', updated_at = now() WHERE status = 'running' AND ${restored('thread_id')}`,
    [threads],
  )
  await client.query(
    `UPDATE hadal.run_attempt AS attempt SET reason = 'database', detail = $2, ended_at = clock_timestamp()
     FROM hadal.run AS run WHERE run.run_id = attempt.run_id AND attempt.reason IS NULL AND ${restored('run.thread_id')}`,
    [threads, attemptEnd],
  )
  await client.query(
    `INSERT INTO hadal.run_review AS review (run_id, tenant, owner, thread_id, restore_id, snapshot_at)
     SELECT run_id, tenant, owner, thread_id, $2, $3 FROM hadal.run WHERE status = 'pending' AND ${restored('thread_id')}
     -- The backup has the reviews of an earlier restore: they continue.
     ON CONFLICT (run_id) DO UPDATE SET restore_id = excluded.restore_id`,
    [threads, restore.restoreId, restore.snapshotAt],
  )
  await holdJobs(client, restore.restoreId)
  await numberEvents(client, restore.restoreId, threads === null)
  // Otherwise retention would delete a restored thread as soon as it deleted the thread before.
  if (threads) await client.query('UPDATE hadal.thread SET updated_at = now() WHERE thread_id = ANY($1)', [threads])
  return {
    runsUnderReview: await countReviews(client, restore.restoreId),
    approvalsAskedAnew,
    keysToConfirm: threads ? 0 : await unconfirmKeys(client),
  }
}

/**
 * Gives each run under review a job that is not due, in the place that it had in its thread. A run that had begun is a returned run, which the later runs
 * of its thread wait for.
 */
async function holdJobs(client: pg.ClientBase, restoreId: string): Promise<void> {
  // Jobs exist only in a database that was recovered as a whole, with the files of its server.
  await client.query(
    `UPDATE ${queueSchema}.job SET state = CASE WHEN state = 'created' THEN state ELSE 'retry' END, start_after = 'infinity',
       keep_until = 'infinity', heartbeat_on = NULL, started_on = coalesce(started_on, now())
     FROM hadal.run_review AS review
     WHERE name = '${runQueue}' AND id = review.run_id AND review.restore_id = $1 AND state IN ('created', 'retry', 'active', 'failed')`,
    [restoreId],
  )
  // A living database keeps the job of a run that ended and whose thread was deleted. The restored run gets a new one.
  await client.query(
    `DELETE FROM ${queueSchema}.job AS job USING hadal.run_review AS review
     WHERE job.name = '${runQueue}' AND job.id = review.run_id AND review.restore_id = $1 AND job.state IN ('completed', 'cancelled')`,
    [restoreId],
  )
  const { rows } = await client.query(`SELECT FROM ${queueSchema}.queue WHERE name = '${runQueue}'`)
  if (rows.length === 0) throw new Error('The queue of runs does not exist. Run "hadal-runtime migrate".')
  await client.query(
    `WITH waiting AS (
       SELECT run.*, min(run.created_at) FILTER (WHERE run.held) OVER of_thread AS first_held,
         row_number() OVER (PARTITION BY run.thread_id, run.started_at IS NOT NULL ORDER BY run.started_at, run.run_id) AS number,
         -- A run that answers or replaces the question for which others wait starts before them.
         NOT run.held AND (run.multitask_strategy IN ('interrupt', 'rollback') OR EXISTS (
           SELECT FROM hadal.approval_event AS decided WHERE decided.event = 'decided' AND decided.run_id = run.run_id)) AS first
       FROM hadal.run AS run JOIN hadal.run_review AS review USING (run_id)
       WHERE review.restore_id = $1
       WINDOW of_thread AS (PARTITION BY run.thread_id)),
     placed AS (
       SELECT *, CASE WHEN first AND first_held < created_at
         THEN first_held - interval '1 microsecond' * row_number() OVER (PARTITION BY thread_id, first ORDER BY created_at, run_id)
         ELSE created_at END AS place
       FROM waiting)
     INSERT INTO ${queueSchema}.job (id, name, data, singleton_key, policy, created_on, start_after, keep_until, state, started_on, retry_count,
       expire_seconds, deletion_seconds, retry_limit, retry_delay, retry_backoff, retry_delay_max, dead_letter, heartbeat_seconds)
     SELECT placed.run_id, '${runQueue}', jsonb_build_object('threadId', placed.thread_id::text), placed.thread_id::text, queue.policy, placed.place,
       'infinity', 'infinity',
       -- A thread has one run that had begun. If a backup has two, the second one must not break the restore.
       (CASE WHEN placed.started_at IS NOT NULL AND placed.number = 1 THEN 'retry' ELSE 'created' END)::${queueSchema}.job_state,
       -- The claim then counts a further attempt, which reads the number of the last event. A first attempt begins with event 1.
       coalesce(placed.started_at, now()),
       coalesce(greatest(placed.attempt, (SELECT max(attempt) FROM hadal.run_attempt AS one WHERE one.run_id = placed.run_id)), 0),
       queue.expire_seconds, queue.deletion_seconds, queue.retry_limit, queue.retry_delay, queue.retry_backoff, queue.retry_delay_max,
       queue.dead_letter, queue.heartbeat_seconds
     FROM placed CROSS JOIN ${queueSchema}.queue AS queue
     WHERE queue.name = '${runQueue}'
       AND NOT EXISTS (SELECT FROM ${queueSchema}.job AS job WHERE job.name = '${runQueue}' AND job.id = placed.run_id)`,
    [restoreId],
  )
}

/** @returns number of runs that the restore put under review, without the canary's */
async function countReviews(client: pg.ClientBase, restoreId: string): Promise<number> {
  const { rows } = await client.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${runsUnderReview} AND review.restore_id = $1`,
    [restoreId],
  )
  return rows[0]?.count ?? 0
}

/** Makes every key that is not revoked unconfirmed. @returns number of keys that wait for their confirmation */
async function unconfirmKeys(client: pg.ClientBase): Promise<number> {
  await client.query(
    'UPDATE hadal.api_key SET unconfirmed_since = clock_timestamp() WHERE revoked_at IS NULL AND unconfirmed_since IS NULL',
  )
  const { rows } = await client.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM hadal.api_key WHERE unconfirmed_since IS NOT NULL AND revoked_at IS NULL AND expires_at > now()',
  )
  return rows[0]?.count ?? 0
}
