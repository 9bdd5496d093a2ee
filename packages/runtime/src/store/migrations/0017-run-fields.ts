import { readyRuns } from './0009-ready-runs.ts'

/** Returns the text of a function of migration 9 under a new version, which calls the new versions of the functions that it names. */
function nextVersionOf(name: string): string {
  const text = new RegExp(`CREATE FUNCTION hadal\\.${name}_v1\\(.*?\nEND \\$\\$;`, 's').exec(readyRuns)?.[0]
  if (text === undefined) throw new Error(`Migration 9 has no function hadal.${name}_v1. This is a bug in Hadal.`)
  return text.replaceAll(new RegExp(`(${name}|head_of_thread|ready_thread)_v1`, 'g'), '$1_v2')
}

/**
 * Migration for runs that wait for the answer to a question about a tool call (held runs), for idempotency keys, and for the reason of a cancel.
 *
 * A run is held if its thread began to show a question after the run was accepted. The end of a run marks the runs that wait, under the thread's
 * lock, so the order of locks decides what came first. A mark alone holds nothing: `is_held_v1` also asks whether a question still waits. So no
 * event that settles a question has to remove marks, and servers of the release before, which know no marks, settle questions as before.
 *
 * Servers of the release before claim by the functions of migration 9, which do not hold runs.
 */
export const runFields = `
-- Takes its locks in the order of the servers' transactions, each at once in its strongest mode: see 0005.
LOCK TABLE hadal.thread IN SHARE ROW EXCLUSIVE MODE;
LOCK TABLE hadal.run, hadal.ready_run IN ACCESS EXCLUSIVE MODE;

ALTER TABLE hadal.run
  -- Whether the thread began to show a question after it had accepted the run. The mark stays when the run starts.
  ADD COLUMN held boolean NOT NULL DEFAULT false,
  -- Reason that a client gave when it cancelled the run.
  ADD COLUMN cancel_reason text;
-- Time since which the run may be the next one of its thread. A run that waited behind another one, or for an answer, did not wait for a worker.
ALTER TABLE hadal.ready_run ADD COLUMN ready_since timestamptz NOT NULL DEFAULT now();

-- Whether a thread shows a question that has no final answer. A question that expired counts as answered.
CREATE FUNCTION hadal.question_waits_v1(of_tenant text, of_thread uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  shown text;
BEGIN
  SELECT interrupts::text INTO shown FROM hadal.thread WHERE thread_id = of_thread;
  IF shown IS NULL OR shown = '{}' THEN RETURN false; END IF;
  RETURN EXISTS (
    SELECT 1 FROM hadal.approval_event AS asked
    WHERE asked.event = 'asked' AND asked.actor IS DISTINCT FROM 'hadal:mark' AND asked.tenant = of_tenant AND asked.thread_id = of_thread
      AND position(asked.digest IN shown) > 0
      AND NOT EXISTS (SELECT 1 FROM hadal.approval_event AS closed
        WHERE closed.digest = asked.digest AND closed.event IN ('executed', 'refused', 'withdrawn'))
      AND 'expired' IS DISTINCT FROM (SELECT latest.decision FROM hadal.approval_event AS latest
        WHERE latest.digest = asked.digest AND latest.event <> 'asked' ORDER BY latest.sequence DESC LIMIT 1));
END $$;

-- Whether a waiting run of a thread may not start because a question waits. If the newest waiting run has no mark, a server of the release before
-- accepted it after the question, without withdrawing the question, and no run is held.
CREATE FUNCTION hadal.is_held_v1(of_thread uuid, of_run uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
  newest uuid;
BEGIN
  PERFORM 1 FROM hadal.run WHERE run_id = of_run AND held;
  IF NOT FOUND THEN RETURN false; END IF;
  SELECT id INTO newest FROM pgboss.job
    WHERE name = 'run' AND singleton_key = of_thread::text AND state < 'active' AND NOT blocked AND policy = 'key_strict_fifo'
    ORDER BY state, created_on DESC, id DESC LIMIT 1;
  PERFORM 1 FROM hadal.run WHERE run_id = newest AND held;
  -- Jobs have no tenant: see migration 9.
  RETURN FOUND AND hadal.question_waits_v1('default', of_thread);
END $$;

-- Marks the waiting runs of a thread that has begun to show a question. A run that interrupts or rolls back others replaces what they asked.
CREATE FUNCTION hadal.hold_runs_v1(of_tenant text, of_thread uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF hadal.question_waits_v1(of_tenant, of_thread) THEN
    UPDATE hadal.run SET held = true
      WHERE thread_id = of_thread AND status = 'pending' AND multitask_strategy IN ('enqueue', 'reject') AND NOT held;
  END IF;
END $$;

-- Sets the status of a thread whose only active runs are held: it waits for an answer, like a thread without active runs.
CREATE FUNCTION hadal.rest_at_question_v1(of_tenant text, of_thread uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF hadal.question_waits_v1(of_tenant, of_thread) THEN
    UPDATE hadal.thread SET status = CASE WHEN error IS NULL THEN 'interrupted' ELSE 'error' END
      WHERE thread_id = of_thread AND status = 'busy' AND NOT EXISTS (
        SELECT 1 FROM hadal.run WHERE thread_id = of_thread
          AND (status = 'running' OR (status = 'pending' AND NOT (held AND started_at IS NULL))));
  END IF;
END $$;

-- Puts the job of an accepted run in its place among the waiting runs of its thread: last, or before all others. pg-boss orders jobs by the start of
-- the transaction, before it got the thread's lock.
CREATE FUNCTION hadal.place_job_v1(of_thread uuid, of_run uuid, goes_first boolean) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
  first_on timestamptz;
BEGIN
  IF goes_first THEN
    SELECT created_on INTO first_on FROM pgboss.job
      WHERE name = 'run' AND singleton_key = of_thread::text AND state < 'active' AND NOT blocked AND policy = 'key_strict_fifo' AND id <> of_run
      ORDER BY state DESC, created_on, id LIMIT 1;
  END IF;
  UPDATE pgboss.job SET created_on = least(accepted.created_at, first_on - interval '1 microsecond')
    FROM hadal.run AS accepted WHERE accepted.run_id = of_run AND name = 'run' AND id = of_run;
END $$;

-- As head_of_thread_v1, without held runs.
CREATE FUNCTION hadal.head_of_thread_v2(of_thread uuid) RETURNS TABLE (run_id uuid, ready_at timestamptz)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
#variable_conflict use_column
DECLARE
  thread_key CONSTANT text := of_thread::text;
  at_time CONSTANT timestamptz := clock_timestamp();
  job record;
BEGIN
  SELECT id, state, start_after, created_on INTO job FROM pgboss.job
    WHERE name = 'run' AND singleton_key = thread_key AND state IN ('active', 'retry', 'failed') AND policy = 'key_strict_fifo';
  IF FOUND AND job.state <> 'retry' THEN RETURN; END IF;
  IF FOUND THEN
    run_id := job.id;
    ready_at := CASE WHEN job.start_after <= at_time THEN least(job.created_on, job.start_after) ELSE job.start_after END;
    RETURN NEXT;
    RETURN;
  END IF;
  -- The oldest run that is due, which no run that is scheduled for later blocks; else the one that is scheduled next.
  FOR job IN
    SELECT id, start_after, created_on FROM pgboss.job
    WHERE name = 'run' AND singleton_key = thread_key AND state < 'active' AND NOT blocked AND policy = 'key_strict_fifo'
    ORDER BY state DESC, created_on, id
  LOOP
    IF job.start_after <= at_time THEN
      -- Runs that go before the held ones come first in this order.
      EXIT WHEN hadal.is_held_v1(of_thread, job.id);
      run_id := job.id;
      ready_at := least(job.created_on, job.start_after);
      EXIT;
    ELSIF ready_at IS NULL OR job.start_after < ready_at THEN
      run_id := job.id;
      ready_at := job.start_after;
    END IF;
  END LOOP;
  IF run_id IS NOT NULL THEN RETURN NEXT; END IF;
END $$;

CREATE FUNCTION hadal.ready_thread_v2(of_thread uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
  head record;
BEGIN
  PERFORM pg_advisory_xact_lock(4819237, hadal.ready_lock_v1(of_thread));
  SELECT * INTO head FROM hadal.head_of_thread_v2(of_thread);
  IF FOUND THEN
    INSERT INTO hadal.ready_run AS ready (thread_id, run_id, ready_at) VALUES (of_thread, head.run_id, head.ready_at)
      ON CONFLICT (thread_id) DO UPDATE SET run_id = excluded.run_id, ready_at = excluded.ready_at,
        ready_since = CASE WHEN ready.run_id = excluded.run_id THEN ready.ready_since ELSE excluded.ready_since END
      WHERE (ready.run_id, ready.ready_at) IS DISTINCT FROM (excluded.run_id, excluded.ready_at);
  ELSE
    DELETE FROM hadal.ready_run WHERE thread_id = of_thread;
  END IF;
END $$;

-- Only the triggers on jobs call this function, so it has no version of its own. It decides as the newest release does for the writers of all.
CREATE OR REPLACE FUNCTION hadal.job_changed_v1() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
  job pgboss.job;
BEGIN
  IF TG_OP = 'DELETE' THEN job := OLD; ELSE job := NEW; END IF;
  IF TG_OP = 'UPDATE' AND job.state = 'active' THEN
    DELETE FROM hadal.ready_run WHERE thread_id = job.singleton_key::uuid;
  ELSE
    PERFORM hadal.ready_thread_v2(job.singleton_key::uuid);
  END IF;
  RETURN NULL;
END $$;

-- A change of a thread's interrupts may release its held runs, without a change of a job: for example, a client writes the state.
CREATE FUNCTION hadal.interrupts_changed_v1() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
BEGIN
  PERFORM 1 FROM hadal.run WHERE thread_id = NEW.thread_id AND status = 'pending' AND held LIMIT 1;
  IF FOUND THEN PERFORM hadal.ready_thread_v2(NEW.thread_id); END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER hadal_interrupts_changed AFTER UPDATE OF interrupts ON hadal.thread DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.interrupts::text <> NEW.interrupts::text) EXECUTE FUNCTION hadal.interrupts_changed_v1();

${nextVersionOf('repair_ready_runs')}

${nextVersionOf('claim_runs')}

-- As submit_run_v1. A run on a thread that shows a question gets the verdict "question", and nothing is written: the caller withdraws the question,
-- or refuses the run.
CREATE FUNCTION hadal.submit_run_v2(
  of_tenant text, of_thread uuid,
  -- "existing": the thread must exist; "any": it is created if it does not exist; "new": it is created.
  thread_is text, thread_is_temporary boolean,
  of_run uuid, of_graph text, of_assistant uuid, of_strategy text, of_metadata jsonb, of_request json,
  after_seconds double precision,
  -- Process whose worker has a free place for the run; NULL: the run waits in the queue.
  idle_instance uuid
) RETURNS TABLE (verdict text, busy_with uuid, accepted hadal.run)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
#variable_conflict use_column
DECLARE
  graph CONSTANT jsonb := jsonb_build_object('graph_id', of_graph, 'assistant_id', of_assistant::text);
  is_new boolean := thread_is = 'new';
  accepted_at timestamptz;
  shown text := '{}';
  starts boolean;
BEGIN
  verdict := 'unknown_thread';
  IF NOT is_new THEN
    SELECT interrupts::text INTO shown FROM hadal.thread WHERE thread_id = of_thread FOR UPDATE;
    is_new := NOT FOUND;
    IF is_new AND thread_is <> 'any' THEN RETURN NEXT; RETURN; END IF;
  END IF;
  IF is_new THEN
    INSERT INTO hadal.thread (thread_id, status, metadata, temporary)
      VALUES (of_thread, 'busy', of_metadata || graph, thread_is_temporary) ON CONFLICT DO NOTHING;
    is_new := FOUND;
    IF NOT is_new THEN
      -- Another request has created the thread meanwhile.
      SELECT interrupts::text INTO shown FROM hadal.thread WHERE thread_id = of_thread FOR UPDATE;
      IF NOT FOUND THEN RETURN NEXT; RETURN; END IF;
    END IF;
  END IF;
  IF NOT is_new THEN
    IF shown <> '{}' AND hadal.question_waits_v1(of_tenant, of_thread) THEN
      verdict := 'question';
      RETURN NEXT;
      RETURN;
    END IF;
    SELECT run_id INTO busy_with FROM hadal.run
      WHERE thread_id = of_thread AND status IN ('pending', 'running') ORDER BY created_at, run_id LIMIT 1;
    IF FOUND AND of_strategy = 'reject' THEN
      verdict := 'busy';
      RETURN NEXT;
      RETURN;
    END IF;
    UPDATE hadal.thread SET status = 'busy', updated_at = now(), metadata = metadata || graph WHERE thread_id = of_thread;
  END IF;
  -- now() is the start of the transaction, before it got the thread's lock, so it would not order the runs of a thread.
  accepted_at := clock_timestamp();
  -- A run is started at once only if no other run waits for the same place.
  starts := idle_instance IS NOT NULL AND busy_with IS NULL AND coalesce(after_seconds, 0) <= 0
    AND NOT EXISTS (SELECT 1 FROM hadal.ready_run WHERE tenant = of_tenant AND ready_at <= accepted_at)
    AND (is_new OR NOT EXISTS (
      SELECT 1 FROM pgboss.job WHERE name = 'run' AND singleton_key = of_thread::text AND state IN ('active', 'retry', 'failed')
        AND policy = 'key_strict_fifo'));
  -- The column log_form is added by migration 0011.
  INSERT INTO hadal.run (run_id, thread_id, graph_id, assistant_id, multitask_strategy, metadata, request, log_form, status, attempt,
      created_at, started_at)
    VALUES (of_run, of_thread, of_graph, of_assistant, of_strategy, of_metadata, of_request, 'batches',
      CASE WHEN starts THEN 'running' ELSE 'pending' END, CASE WHEN starts THEN 0 END, accepted_at, CASE WHEN starts THEN accepted_at END)
    RETURNING run.* INTO accepted;
  -- The job that pg-boss's send would insert, or that job after its fetch.
  INSERT INTO pgboss.job (id, name, data, singleton_key, policy, created_on, start_after, keep_until, state, started_on, heartbeat_on,
      expire_seconds, deletion_seconds, retry_limit, retry_delay, retry_backoff, retry_delay_max, dead_letter, heartbeat_seconds)
    SELECT of_run, 'run', jsonb_build_object('threadId', of_thread::text), of_thread::text, queue.policy, accepted_at, due.at,
      due.at + queue.retention_seconds * interval '1 s',
      (CASE WHEN starts THEN 'active' ELSE 'created' END)::pgboss.job_state,
      CASE WHEN starts THEN accepted_at END, CASE WHEN starts THEN accepted_at END,
      queue.expire_seconds, queue.deletion_seconds, queue.retry_limit, queue.retry_delay, queue.retry_backoff, queue.retry_delay_max,
      queue.dead_letter, queue.heartbeat_seconds
    FROM pgboss.queue AS queue, (SELECT accepted_at + coalesce(after_seconds, 0) * interval '1 s' AS at) AS due
    WHERE queue.name = 'run';
  IF NOT FOUND THEN RAISE EXCEPTION 'The queue of runs does not exist. Run "hadal-runtime migrate".'; END IF;
  IF starts THEN
    INSERT INTO hadal.run_attempt (run_id, attempt, tenant, instance_id) VALUES (of_run, 0, of_tenant, idle_instance);
  END IF;
  verdict := CASE WHEN starts THEN 'started' ELSE 'accepted' END;
  RETURN NEXT;
END $$;

-- Requests with the header Idempotency-Key, and the runs that they created.
CREATE TABLE hadal.idempotency_key (
  tenant text NOT NULL,
  owner text,
  key text NOT NULL,
  -- SHA-256 of the request, in hexadecimal.
  request_hash text NOT NULL,
  run_ids uuid[] NOT NULL,
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, key)
);
CREATE INDEX idempotency_key_expiring ON hadal.idempotency_key (expires_at);
`
