/** Processes that work on runs, and the attempts that they made. */
export const instancesAndAttempts = `
-- The strongest lock first: a weaker one that is raised later meets the transactions of servers in a deadlock.
LOCK TABLE hadal.run IN ACCESS EXCLUSIVE MODE;
-- One process that works on runs of every tenant, so the table has no tenant and no owner: see docs/decisions/0060.
CREATE TABLE hadal.instance (
  instance_id uuid PRIMARY KEY,
  -- Of a child process: the worker that started it.
  parent_id uuid,
  -- Key of the advisory lock that the process' listening connection holds while the process lives.
  lock_key bigint NOT NULL UNIQUE,
  -- Rises each time that the process registers again.
  registration integer NOT NULL DEFAULT 1,
  registered_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- When another process found it dead.
  died_at timestamptz,
  -- When it ended in an orderly way.
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
  -- Of an attempt in a child process: the worker.
  parent_id uuid,
  started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz,
  -- The run's newest checkpoint when the attempt began.
  checkpoint_at_start text,
  -- Why the attempt ended; NULL while it is under way.
  reason text CHECK (reason IN ('ended', 'returned', 'lease_late', 'database', 'loop_blocked', 'process_died')),
  -- A sentence; of a child process its exit code, signal and memory.
  detail text,
  PRIMARY KEY (run_id, attempt)
);
CREATE INDEX run_attempt_of_instance ON hadal.run_attempt (instance_id);
CREATE INDEX run_attempt_of_child ON hadal.run_attempt (parent_id) WHERE parent_id IS NOT NULL;

-- Of a suspect: not to be tried before this time, and how often it has waited.
ALTER TABLE hadal.run ADD COLUMN suspect_until timestamptz;
ALTER TABLE hadal.run ADD COLUMN suspect_waits integer NOT NULL DEFAULT 0;
`
