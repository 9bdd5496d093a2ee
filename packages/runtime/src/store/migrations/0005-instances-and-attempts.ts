/** Migration for the processes that execute runs, and for the attempts of runs. */
export const instancesAndAttempts = `
-- Takes the strongest lock first: raising a weaker one later would deadlock with the servers' transactions.
LOCK TABLE hadal.run IN ACCESS EXCLUSIVE MODE;
-- One process that executes runs of every tenant, so the table has no tenant and no owner: see docs/decisions/0060.
CREATE TABLE hadal.instance (
  instance_id uuid PRIMARY KEY,
  -- The worker that started this process, if it is a child process.
  parent_id uuid,
  -- Key of the advisory lock that the process' listening connection holds while the process lives.
  lock_key bigint NOT NULL UNIQUE,
  -- Incremented each time that the process registers again.
  registration integer NOT NULL DEFAULT 1,
  registered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Time when another process judged it dead.
  died_at timestamptz,
  -- Time of its orderly end.
  ended_at timestamptz
);
CREATE INDEX instance_alive ON hadal.instance (instance_id) WHERE died_at IS NULL AND ended_at IS NULL;

CREATE TABLE hadal.run_attempt (
  run_id uuid NOT NULL REFERENCES hadal.run ON DELETE CASCADE,
  -- The retry count of pg-boss, from 0: with the run it is the fencing token.
  attempt integer NOT NULL,
  tenant text NOT NULL,
  owner text,
  -- The process that executes the run: a worker, or a worker's child.
  instance_id uuid NOT NULL,
  -- The worker, if a child process executes the attempt.
  parent_id uuid,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz,
  -- The run's newest checkpoint when the attempt began.
  checkpoint_at_start text,
  -- Reason for the end of the attempt; NULL while it is active.
  reason text CHECK (reason IN ('ended', 'returned', 'lease_late', 'database', 'loop_blocked', 'process_died')),
  -- A sentence: for a child process its exit code, signal and memory.
  detail text,
  PRIMARY KEY (run_id, attempt)
);
CREATE INDEX run_attempt_of_instance ON hadal.run_attempt (instance_id);
CREATE INDEX run_attempt_of_child ON hadal.run_attempt (parent_id) WHERE parent_id IS NOT NULL;

-- For a suspect: earliest time of the next try, and number of waits so far.
ALTER TABLE hadal.run ADD COLUMN suspect_until timestamptz;
ALTER TABLE hadal.run ADD COLUMN suspect_waits integer NOT NULL DEFAULT 0;
`
