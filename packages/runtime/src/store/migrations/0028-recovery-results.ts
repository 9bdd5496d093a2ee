/** Migration for the results of backups and of restore drills, which servers export as metrics. */
export const recoveryResults = `
CREATE TABLE hadal.recovery_result (
  result_id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant text NOT NULL DEFAULT 'default',
  owner text,
  kind text NOT NULL CHECK (kind IN ('backup', 'drill')),
  backup_id text,
  began_at timestamptz NOT NULL,
  ended_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- NULL after a success; otherwise one sentence.
  error text,
  bytes bigint,
  -- Of a drill: age of the backup's snapshot at the begin of the drill, and time from the begin of the restore until the canary's run had ended.
  rpo_seconds double precision,
  rto_seconds double precision
);
CREATE INDEX recovery_result_newest ON hadal.recovery_result (kind, ended_at DESC);
`
