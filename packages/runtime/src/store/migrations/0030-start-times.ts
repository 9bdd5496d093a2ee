import { restores } from './0026-restores.ts'
import { nextVersion } from './next-version.ts'

/**
 * Migration for the times to which clients scheduled runs (`after_seconds`). They were only in the jobs, which are in no backup, so a run that was
 * released after a restore started before its time.
 *
 * A trigger on the jobs keeps the time for the servers of all releases, and only of runs that are scheduled: other runs cost nothing. The release
 * of a run has the same name as before, so that the command of the release before does not start a run before its time either.
 */
export const startTimes = `
-- In the order of the servers' transactions, each at once in its strongest mode: see 0005.
LOCK TABLE hadal.run IN ACCESS EXCLUSIVE MODE;
LOCK TABLE pgboss.job IN SHARE ROW EXCLUSIVE MODE;

-- Time before which the run must not start for the first time; NULL if the client did not schedule the run.
ALTER TABLE hadal.run ADD COLUMN start_at timestamptz;

CREATE FUNCTION hadal.keep_start_time_v1() RETURNS trigger
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  UPDATE hadal.run SET start_at = NEW.start_after WHERE run_id = NEW.id;
  RETURN NULL;
END $$;
-- A run under review has a job that is never due: its time is that of the first job.
CREATE TRIGGER hadal_keep_start_time AFTER INSERT ON pgboss.job
  FOR EACH ROW WHEN (NEW.name = 'run' AND NEW.start_after > NEW.created_on AND NEW.start_after < 'infinity')
  EXECUTE FUNCTION hadal.keep_start_time_v1();

UPDATE hadal.run SET start_at = job.start_after FROM pgboss.job AS job
  WHERE job.name = 'run' AND job.id = run.run_id AND job.state = 'created' AND job.start_after > greatest(job.created_on, now())
    AND job.start_after < 'infinity';

-- As before, but a run that was scheduled for later does not start before its time.
${nextVersion(restores, 'release_run_v1', 'release_run_v1', [
  ['CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION'],
  ['start_after = clock_timestamp(), keep_until = clock_timestamp()', 'start_after = due.at, keep_until = due.at'],
  [
    'FROM pgboss.queue AS queue WHERE',
    'FROM pgboss.queue AS queue, (SELECT greatest(clock_timestamp(), start_at) AS at FROM hadal.run WHERE run_id = of_run) AS due\n    WHERE',
  ],
])}
`
