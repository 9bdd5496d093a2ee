import type { Queryable } from '../transaction.ts'

/** Reason for the end of an attempt at a run: the run ended, the worker returned it in an orderly way, or the cause of the lost lease. */
export type AttemptReason = 'ended' | 'returned' | 'lease_late' | 'database' | 'loop_blocked' | 'process_died'

/** Detail of an attempt in a child process whose worker died as well. The death then does not show that the run caused it. */
export const workerDiedToo = 'Its worker died as well.'

/** Key of one attempt of a run. */
export interface AttemptKey {
  readonly runId: string
  /** Number of the attempt, from 0: the retry count of pg-boss. */
  readonly attempt: number
  readonly tenant: string
}

/** An attempt of a run whose reason for its end was set or corrected. */
export interface ClosedAttempt {
  readonly run_id: string
  readonly attempt: number
  readonly reason: AttemptReason
}

export interface RunAttempt {
  readonly attempt: number
  /** Instance id of the process that executes the run: a worker, or a worker's child process. */
  readonly instance_id: string
  /** Instance id of the worker, if a child process executes the attempt; else null. */
  readonly parent_id: string | null
  readonly started_at: Date
  readonly ended_at: Date | null
  readonly checkpoint_at_start: string | null
  /** Reason for the end of the attempt; null while the attempt is active. */
  readonly reason: AttemptReason | null
  readonly detail: string | null
}

export async function openAttempt(
  database: Queryable,
  attempt: AttemptKey & { readonly instanceId: string; readonly checkpoint: string | null },
): Promise<void> {
  await database.query(
    `INSERT INTO hadal.run_attempt (run_id, attempt, tenant, owner, instance_id, checkpoint_at_start)
     VALUES ($1, $2, $3, (SELECT owner FROM hadal.run WHERE run_id = $1), $4, $5)
     ON CONFLICT (run_id, attempt) DO NOTHING`,
    [attempt.runId, attempt.attempt, attempt.tenant, attempt.instanceId, attempt.checkpoint],
  )
}

/** Records that a child process of the worker executes an active attempt. */
export async function moveAttemptToChild(
  database: Queryable,
  { runId, attempt, tenant }: AttemptKey,
  childId: string,
  parentId: string,
): Promise<void> {
  await database.query(
    `UPDATE hadal.run_attempt SET instance_id = $4, parent_id = $5
     WHERE run_id = $1 AND attempt = $2 AND tenant = $3 AND reason IS NULL`,
    [runId, attempt, tenant, childId, parentId],
  )
}

/**
 * Closes an attempt at a run that is still open.
 *
 * @param detail a sentence
 * @returns false if the attempt was already closed
 */
export async function closeAttempt(
  database: Queryable,
  { runId, attempt, tenant }: AttemptKey,
  reason: AttemptReason,
  detail: string | null = null,
): Promise<boolean> {
  const { rowCount } = await database.query(
    `UPDATE hadal.run_attempt SET reason = $4, detail = $5, ended_at = clock_timestamp()
     WHERE run_id = $1 AND attempt = $2 AND tenant = $3 AND reason IS NULL`,
    [runId, attempt, tenant, reason, detail],
  )
  return rowCount === 1
}

/** Lists the attempts of a run, oldest first. */
export async function attemptsOf(database: Queryable, runId: string, tenant: string): Promise<RunAttempt[]> {
  const { rows } = await database.query<RunAttempt>(
    `SELECT attempt, instance_id, parent_id, started_at, ended_at, checkpoint_at_start, reason, detail
     FROM hadal.run_attempt WHERE run_id = $1 AND tenant = $2 ORDER BY attempt`,
    [runId, tenant],
  )
  return rows
}
