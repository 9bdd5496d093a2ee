import { queueSchema, runQueue } from '../run-queue.ts'
import type { Queryable } from '../transaction.ts'
import { type AttemptReason, type ClosedAttempt, workerDiedToo } from './run-attempts.ts'

/**
 * Identifies one registration of an instance. Instances execute runs of every tenant, so queries on them and on their attempts have no tenant
 * predicate.
 */
export interface InstanceKey {
  readonly instanceId: string
  readonly registration: number
}

/**
 * Records that the instance lives and holds its lock. If another process has judged it dead, its attempts are corrected from `process_died` to
 * `lease_late`.
 *
 * @param lockKey key of the advisory lock that this connection holds
 * @returns the attempts that were corrected
 */
export async function registerInstance(
  database: Queryable,
  instance: { readonly instanceId: string; readonly lockKey: string },
): Promise<ClosedAttempt[]> {
  const { rows } = await database.query<ClosedAttempt>(
    `WITH registered AS (
       INSERT INTO hadal.instance AS i (instance_id, lock_key) VALUES ($1, $2)
       ON CONFLICT (instance_id) DO UPDATE SET lock_key = excluded.lock_key, registration = i.registration + 1,
         registered_at = clock_timestamp(), died_at = NULL, ended_at = NULL
       RETURNING instance_id)
     UPDATE hadal.run_attempt AS a SET reason = 'lease_late', detail = $4, ended_at = coalesce(ended_at, clock_timestamp())
     FROM registered
     WHERE (a.instance_id = registered.instance_id AND a.reason = 'process_died')
       OR (a.parent_id = registered.instance_id AND a.reason = 'process_died' AND a.detail = $3)
     RETURNING a.run_id, a.attempt, a.reason`,
    [
      instance.instanceId,
      instance.lockKey,
      workerDiedToo,
      'Another process judged its unreachable process dead, but the process lives.',
    ],
  )
  return rows
}

/** Records the orderly end of an instance, so that no other instance judges it dead. */
export async function endInstance(database: Queryable, instanceId: string): Promise<void> {
  await database.query('UPDATE hadal.instance SET ended_at = clock_timestamp() WHERE instance_id = $1', [instanceId])
}

/** Instances (processes that execute runs) that should hold their advisory lock, as one query found them. */
export interface InstancesSeen {
  /** Id of the database server's process and timeline: changes when the database restarts or fails over. */
  readonly epoch: string
  /** How long ago the database server's process started, in milliseconds. */
  readonly upMs: number
  /** Instances that should hold their advisory lock and do not. */
  readonly missing: readonly InstanceKey[]
}

/** What waits for a worker, as one query found it. */
export interface WaitingWork {
  /** Whether a run may start now. */
  readonly dueRuns: boolean
  /** Whether the lease of a run has expired, so that the run must return to the queue. */
  readonly expiredLeases: boolean
}

/**
 * Looks in one statement for all that an idle process must notice: instances that have neither ended nor been judged dead, but do not hold their
 * advisory lock; runs that may start; leases that have expired. Must not run on a standby server.
 */
export async function lookAround(database: Queryable): Promise<InstancesSeen & WaitingWork> {
  const { rows } = await database.query<{
    epoch: string
    up_ms: number
    due_runs: boolean
    expired_leases: boolean
    instance_id: string | null
    registration: number | null
  }>(
    // The condition on the policy is that of pg-boss's index of active jobs.
    `WITH held AS MATERIALIZED (
       SELECT (classid::bigint << 32) | objid::bigint AS lock_key FROM pg_locks
       WHERE locktype = 'advisory' AND objsubid = 1 AND granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database()))
     SELECT pg_postmaster_start_time()::text || ' ' || substring(pg_walfile_name(pg_current_wal_lsn()), 1, 8) AS epoch,
       extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())::float8 * 1000 AS up_ms,
       EXISTS (SELECT 1 FROM hadal.ready_run WHERE ready_at <= clock_timestamp()) AS due_runs,
       EXISTS (SELECT 1 FROM ${queueSchema}.job WHERE name = '${runQueue}' AND state = 'active' AND policy = 'key_strict_fifo'
         AND (heartbeat_on + heartbeat_seconds * interval '1s' < now() OR started_on + expire_seconds * interval '1s' < now())) AS expired_leases,
       i.instance_id, i.registration
     FROM (VALUES (1)) AS one LEFT JOIN hadal.instance AS i ON i.died_at IS NULL AND i.ended_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM held WHERE held.lock_key = i.lock_key)`,
  )
  const missing = rows.flatMap(({ instance_id: instanceId, registration }) =>
    instanceId !== null && registration !== null ? [{ instanceId, registration }] : [],
  )
  const [{ epoch = '', up_ms: upMs = 0, due_runs: dueRuns = false, expired_leases: expiredLeases = false } = {}] = rows
  return { epoch, upMs, dueRuns, expiredLeases, missing }
}

/**
 * Records that an instance is dead.
 *
 * @returns false if the instance has registered again or ended, or if another process has already recorded its death
 */
export async function markDead(database: Queryable, { instanceId, registration }: InstanceKey): Promise<boolean> {
  const { rowCount } = await database.query(
    `UPDATE hadal.instance SET died_at = clock_timestamp()
     WHERE instance_id = $1 AND registration = $2 AND died_at IS NULL AND ended_at IS NULL`,
    [instanceId, registration],
  )
  return rowCount === 1
}

/** Closes the active attempts of a dead process and of its child process. */
export async function closeDeadAttempts(database: Queryable, instanceId: string): Promise<ClosedAttempt[]> {
  const { rows } = await database.query<ClosedAttempt>(
    `UPDATE hadal.run_attempt SET reason = 'process_died', ended_at = clock_timestamp(),
       detail = CASE WHEN instance_id = $1 THEN detail ELSE $2 END
     WHERE (instance_id = $1 OR parent_id = $1) AND reason IS NULL
     RETURNING run_id, attempt, reason`,
    [instanceId, workerDiedToo],
  )
  return rows
}

/**
 * Returns jobs that a worker claimed at least `forMs` ago and whose attempt has not begun. The claiming worker is not recorded, so after a death
 * such a job may belong to the dead worker. Taking a job from a live worker does no harm: its attempt has done nothing.
 *
 * @param forMs milliseconds
 */
export async function claimsWithoutAttempt(
  database: Queryable,
  forMs: number,
): Promise<{ id: string; retryCount: number }[]> {
  const { rows } = await database.query<{ id: string; retryCount: number }>(
    `SELECT j.id, j.retry_count AS "retryCount" FROM ${queueSchema}.job AS j JOIN hadal.run AS r ON r.run_id = j.id
     WHERE j.name = '${runQueue}' AND j.state = 'active' AND j.started_on < clock_timestamp() - $1 * interval '1 ms'
       AND (r.status <> 'running' OR r.attempt IS DISTINCT FROM j.retry_count)`,
    [forMs],
  )
  return rows
}

/**
 * Closes the earlier attempts of a run whose leases expired, when a new attempt begins. The reason is `process_died` if the instance was judged
 * dead, `database` if the database restarted within the time of a lease, else `lease_late`. An attempt stays open if its instance holds no lock and
 * was not judged yet.
 */
export async function closeLeftAttempts(
  database: Queryable,
  { runId, attempt, tenant }: { readonly runId: string; readonly attempt: number; readonly tenant: string },
): Promise<ClosedAttempt[]> {
  const { rows } = await database.query<ClosedAttempt>(
    `WITH open AS (
       SELECT a.attempt, CASE
         WHEN i.died_at IS NOT NULL THEN 'process_died'
         WHEN pg_postmaster_start_time() > greatest(a.started_at, clock_timestamp() - interval '30 seconds') THEN 'database'
         ELSE 'lease_late' END AS reason
       FROM hadal.run_attempt AS a
       LEFT JOIN hadal.instance AS i ON i.instance_id = coalesce(a.parent_id, a.instance_id)
       WHERE a.run_id = $1 AND a.attempt < $2 AND a.tenant = $3 AND a.reason IS NULL
         AND (i.instance_id IS NULL OR i.died_at IS NOT NULL OR i.ended_at IS NOT NULL OR EXISTS (
           SELECT 1 FROM pg_locks AS l WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
             AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
             AND ((l.classid::bigint << 32) | l.objid::bigint) = i.lock_key)))
     UPDATE hadal.run_attempt AS a SET reason = open.reason, ended_at = clock_timestamp(),
       detail = CASE WHEN open.reason = 'process_died' AND a.parent_id IS NOT NULL THEN $4 ELSE a.detail END
     FROM open WHERE a.run_id = $1 AND a.attempt = open.attempt AND a.tenant = $3 AND a.reason IS NULL
     RETURNING a.run_id, a.attempt, a.reason`,
    [runId, attempt, tenant, workerDiedToo],
  )
  return rows
}

/**
 * Corrects the reason of an attempt that this process or its child process lost: other processes can only record `lease_late`.
 *
 * @param attempt its `instanceId` is this process, which executes the attempt itself or in a child process
 */
export async function correctLostAttempt(
  database: Queryable,
  attempt: { readonly runId: string; readonly attempt: number; readonly tenant: string; readonly instanceId: string },
  reason: AttemptReason,
  detail: string,
): Promise<boolean> {
  const { rowCount } = await database.query(
    `UPDATE hadal.run_attempt SET reason = $5, detail = $6, ended_at = coalesce(ended_at, clock_timestamp())
     WHERE run_id = $1 AND attempt = $2 AND tenant = $3 AND (instance_id = $4 OR parent_id = $4)
       AND (reason IS NULL OR reason = 'lease_late')`,
    [attempt.runId, attempt.attempt, attempt.tenant, attempt.instanceId, reason, detail],
  )
  return rowCount === 1
}

/** Deletes the rows of instances that ended more than 7 days ago, and returns their number. */
export async function deleteOldInstances(database: Queryable): Promise<number> {
  const { rowCount } = await database.query(
    "DELETE FROM hadal.instance WHERE coalesce(died_at, ended_at) < now() - interval '7 days'",
  )
  return rowCount ?? 0
}
