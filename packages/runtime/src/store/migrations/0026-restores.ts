import { tenantLimits } from './0024-tenant-limits.ts'
import { nextVersion } from './next-version.ts'

/** Condition on the rows that `full_queue_v1` counts as waiting. */
const waits = "status = 'pending' LIMIT"
const waitsWithoutReview =
  "status = 'pending' AND NOT EXISTS (SELECT 1 FROM hadal.run_review AS review WHERE review.run_id = run.run_id) LIMIT"

/** Creates the table of restores. A restore of an older schema creates it before its first row, and the migration keeps it. */
export const restoreTable = `
-- One row per restore into this database. While a row of a whole restore has no end, the database is not complete, and no server starts.
CREATE TABLE IF NOT EXISTS hadal.restore (
  restore_id uuid PRIMARY KEY,
  tenant text NOT NULL DEFAULT 'default',
  owner text,
  backup_id text NOT NULL,
  snapshot_at timestamptz NOT NULL,
  -- Number of restored threads; NULL for the whole database.
  threads integer,
  began_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz
);
`

/**
 * Migration for restores: runs that wait for review after a restore, and API keys that wait for their confirmation.
 *
 * A run under review has a job that never becomes due. So claims, sweeps and the release before pass over it, and a cancel or a deletion finds it like
 * any other waiting run.
 */
export const restores = `
${restoreTable}-- A run that was waiting or executed when the backup was taken. It has a job that never becomes due, until a person releases it.
CREATE TABLE hadal.run_review (
  run_id uuid PRIMARY KEY REFERENCES hadal.run (run_id) ON DELETE CASCADE,
  tenant text NOT NULL DEFAULT 'default',
  owner text,
  thread_id uuid NOT NULL,
  -- The restore. It has no foreign key: a restore of single threads does not copy the rows of earlier restores.
  restore_id uuid NOT NULL,
  -- Time of the backup's snapshot. The time from it until the release does not count as time of the run.
  snapshot_at timestamptz NOT NULL,
  since timestamptz NOT NULL DEFAULT clock_timestamp()
);
-- A key of a restored database is refused until an operator confirms it: it may have been revoked after the backup.
ALTER TABLE hadal.api_key ADD COLUMN unconfirmed_since timestamptz;

-- Runs under review wait for an operator, so they use up no place of their tenant or user.
${nextVersion(tenantLimits, 'full_queue_v1', 'full_queue_v1', [
  ['CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION'],
  [`tenant = of_tenant AND ${waits}`, `tenant = of_tenant AND ${waitsWithoutReview}`],
  [`owner = of_owner AND ${waits}`, `owner = of_owner AND ${waitsWithoutReview}`],
])}

-- Ends the review of a run: its job becomes due. The time from the backup's snapshot until now does not count as time of the run, and its age in the
-- queue begins now. Returns false if the run is not under review.
CREATE FUNCTION hadal.release_run_v1(of_run uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
  review hadal.run_review;
BEGIN
  SELECT * INTO review FROM hadal.run_review WHERE run_id = of_run;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM 1 FROM hadal.thread WHERE thread_id = review.thread_id FOR UPDATE;
  DELETE FROM hadal.run_review WHERE run_id = of_run;
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE hadal.run SET updated_at = now(),
      started_at = CASE WHEN started_at IS NOT NULL THEN clock_timestamp() - greatest(review.snapshot_at - started_at, interval '0') END
    WHERE run_id = of_run AND status = 'pending';
  IF NOT FOUND THEN RETURN false; END IF;
  UPDATE pgboss.job SET start_after = clock_timestamp(), keep_until = clock_timestamp() + queue.retention_seconds * interval '1 s'
    FROM pgboss.queue AS queue WHERE queue.name = 'run' AND job.name = 'run' AND job.id = of_run AND job.state < 'active';
  -- After the locks of jobs, as in all transactions: see migration 9.
  PERFORM pg_advisory_xact_lock(4819237, hadal.ready_lock_v1(review.thread_id));
  DELETE FROM hadal.ready_run WHERE thread_id = review.thread_id AND run_id = of_run;
  RETURN true;
END $$;
`
