/** Migration for restores: runs that wait for review after a restore, and API keys that wait for their confirmation. */
export const restores = `
-- One row per restore into this database. While a row of a whole restore has no end, the database is not complete, and no server starts.
CREATE TABLE hadal.restore (
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
-- A run that was waiting or executed when the backup was taken. It has a job that never becomes due, until a person releases it.
CREATE TABLE hadal.run_review (
  run_id uuid PRIMARY KEY REFERENCES hadal.run (run_id) ON DELETE CASCADE,
  tenant text NOT NULL DEFAULT 'default',
  owner text,
  thread_id uuid NOT NULL,
  restore_id uuid NOT NULL REFERENCES hadal.restore (restore_id),
  since timestamptz NOT NULL DEFAULT clock_timestamp()
);
-- A key of a restored database is refused until an operator confirms it: it may have been revoked after the backup.
ALTER TABLE hadal.api_key ADD COLUMN unconfirmed_since timestamptz;
`
