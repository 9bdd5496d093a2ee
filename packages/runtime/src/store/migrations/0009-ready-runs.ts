/**
 * Migration for the claim of runs: `hadal.ready_run` has one row for each thread that has a run to start, so a claim reads as many rows as it claims.
 *
 * The jobs stay in pg-boss's table, so the previous release claims, ends and returns runs beside this one. Triggers on that table keep
 * `hadal.ready_run` up to date for all of its writers. A surplus row is harmless, because a claim decides again under the thread's lock. A missing
 * row would strand a run, so each change of a job decides under a lock of its thread, and a sweep looks for missing rows: see
 * `repair_ready_runs_v1`.
 *
 * The functions turn off sequential scans and sorts: PostgreSQL plans their statements once per connection, often while the tables are nearly empty,
 * and would keep such a plan behind a long queue until its next ANALYZE.
 *
 * The name of a function has a version, because servers of two releases call them at the same time: a new meaning gets a new name.
 */
export const readyRuns = `
-- Takes the strongest lock first: see 0005. No job changes until the table has the runs that are queued now.
LOCK TABLE pgboss.job IN SHARE ROW EXCLUSIVE MODE;

CREATE TABLE hadal.ready_run (
  thread_id uuid PRIMARY KEY,
  run_id uuid NOT NULL,
  -- Earliest time of the start. For a run that may start now: the creation of its job, so that claims follow the order of acceptance.
  ready_at timestamptz NOT NULL,
  -- Jobs have no tenant, so every row belongs to the tenant of a server without sign-in.
  tenant text NOT NULL DEFAULT 'default',
  owner text
)
-- Each run inserts and deletes a row, and a claim passes the dead ones at the beginning of the index.
WITH (fillfactor = 50, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_cost_delay = 0);
CREATE INDEX ready_run_in_order ON hadal.ready_run (tenant, ready_at);

-- Decides which run of a thread may start next, and when. No row: none, because the thread has an active run or no waiting one. The conditions and
-- the order are those of pg-boss's indexes for key_strict_fifo; its unique one allows one active, retried or failed job per thread.
CREATE FUNCTION hadal.head_of_thread_v1(of_thread uuid) RETURNS TABLE (run_id uuid, ready_at timestamptz)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_sort = off AS $$
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

-- Key of the advisory lock under which the row of a thread is decided, with 4819237 as its first part. Two threads may share a key.
CREATE FUNCTION hadal.ready_lock_v1(of_thread uuid) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT pg_catalog.uuid_hash(of_thread) $$;

-- Writes the row of a thread as head_of_thread_v1 decides. Of two transactions that change jobs of the thread, the later one decides when it sees
-- the changes of both.
CREATE FUNCTION hadal.ready_thread_v1(of_thread uuid) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
  head record;
BEGIN
  PERFORM pg_advisory_xact_lock(4819237, hadal.ready_lock_v1(of_thread));
  SELECT * INTO head FROM hadal.head_of_thread_v1(of_thread);
  IF FOUND THEN
    INSERT INTO hadal.ready_run AS ready (thread_id, run_id, ready_at) VALUES (of_thread, head.run_id, head.ready_at)
      ON CONFLICT (thread_id) DO UPDATE SET run_id = excluded.run_id, ready_at = excluded.ready_at
      WHERE (ready.run_id, ready.ready_at) IS DISTINCT FROM (excluded.run_id, excluded.ready_at);
  ELSE
    DELETE FROM hadal.ready_run WHERE thread_id = of_thread;
  END IF;
END $$;

CREATE FUNCTION hadal.job_changed_v1() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
  job pgboss.job;
BEGIN
  IF TG_OP = 'DELETE' THEN job := OLD; ELSE job := NEW; END IF;
  IF TG_OP = 'UPDATE' AND job.state = 'active' THEN
    DELETE FROM hadal.ready_run WHERE thread_id = job.singleton_key::uuid;
  ELSE
    PERFORM hadal.ready_thread_v1(job.singleton_key::uuid);
  END IF;
  RETURN NULL;
END $$;

-- The triggers are deferred to the commit: a transaction then has all its locks on jobs before it takes the first lock of a thread's row here, so
-- that two transactions can not wait for each other. A job that is inserted as active has no waiting run behind it.
CREATE CONSTRAINT TRIGGER hadal_job_inserted AFTER INSERT ON pgboss.job DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.name = 'run' AND NEW.state IN ('created', 'retry')) EXECUTE FUNCTION hadal.job_changed_v1();
CREATE CONSTRAINT TRIGGER hadal_job_updated AFTER UPDATE ON pgboss.job DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (NEW.name = 'run' AND (OLD.state <> NEW.state OR OLD.start_after <> NEW.start_after OR OLD.blocked <> NEW.blocked))
  EXECUTE FUNCTION hadal.job_changed_v1();
CREATE CONSTRAINT TRIGGER hadal_job_deleted AFTER DELETE ON pgboss.job DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW WHEN (OLD.name = 'run' AND OLD.state NOT IN ('completed', 'cancelled')) EXECUTE FUNCTION hadal.job_changed_v1();

INSERT INTO hadal.ready_run (thread_id, run_id, ready_at)
  SELECT thread.id::uuid, head.run_id, head.ready_at
  FROM (SELECT DISTINCT singleton_key AS id FROM pgboss.job WHERE name = 'run' AND state < 'active' AND singleton_key IS NOT NULL) AS thread
  CROSS JOIN LATERAL hadal.head_of_thread_v1(thread.id::uuid) AS head;

-- Adds missing rows of up to "most" threads with waiting jobs after a thread. Returns the last thread that it looked at, or NULL at the end: the
-- next call begins again. It looks at the first waiting job of each thread only, so its cost does not grow with the backlog.
CREATE FUNCTION hadal.repair_ready_runs_v1(after_thread text, most integer) RETURNS text
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_sort = off AS $$
DECLARE
  thread_key text := coalesce(after_thread, '');
BEGIN
  FOR looked IN 1..most LOOP
    SELECT singleton_key INTO thread_key FROM pgboss.job
      WHERE name = 'run' AND singleton_key > thread_key AND state < 'active' AND NOT blocked AND policy = 'key_strict_fifo'
      ORDER BY singleton_key LIMIT 1;
    IF NOT FOUND THEN RETURN NULL; END IF;
    IF NOT EXISTS (SELECT 1 FROM hadal.ready_run WHERE thread_id = thread_key::uuid)
      AND EXISTS (SELECT 1 FROM hadal.head_of_thread_v1(thread_key::uuid)) THEN
      PERFORM hadal.ready_thread_v1(thread_key::uuid);
    END IF;
  END LOOP;
  RETURN thread_key;
END $$;

-- Claims up to "most" runs that may start now, the oldest first, each of another thread. A run that no worker has claimed before is also started:
-- its attempt is open, and the answer has its row. Kinds of rows in the answer: "started"; "claimed", any other run, which the caller starts or
-- completes; "busy", a run that another transaction holds for a moment, so the caller looks again soon. It waits for no lock of a thread or a job.
CREATE FUNCTION hadal.claim_runs_v1(of_tenant text, of_instance uuid, most integer)
RETURNS TABLE (kind text, claimed_thread uuid, claimed_run uuid, claimed_attempt integer, started hadal.run)
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET enable_seqscan = off SET enable_sort = off AS $$
#variable_conflict use_column
DECLARE
  head record;
  claimable record;
  claimed integer := 0;
  passed uuid[] := '{}';
  looking boolean := true;
BEGIN
  -- A surplus row or a busy run must not hide those behind it.
  WHILE looking AND claimed < most AND cardinality(passed) < 50 LOOP
    looking := false;
    FOR claimed_thread IN
      SELECT thread_id FROM hadal.ready_run WHERE tenant = of_tenant AND ready_at <= now() AND thread_id <> ALL (passed)
      ORDER BY ready_at LIMIT most - claimed FOR UPDATE SKIP LOCKED
    LOOP
      looking := true;
      kind := 'busy';
      claimed_run := NULL;
      claimed_attempt := NULL;
      started := NULL;
      passed := passed || claimed_thread;
      IF NOT pg_try_advisory_xact_lock(4819237, hadal.ready_lock_v1(claimed_thread)) THEN RETURN NEXT; CONTINUE; END IF;
      -- All transactions that change a run lock its thread first. A thread without a row was deleted.
      PERFORM 1 FROM hadal.thread WHERE thread_id = claimed_thread FOR NO KEY UPDATE SKIP LOCKED;
      IF NOT FOUND AND EXISTS (SELECT 1 FROM hadal.thread WHERE thread_id = claimed_thread) THEN RETURN NEXT; CONTINUE; END IF;
      SELECT * INTO head FROM hadal.head_of_thread_v1(claimed_thread);
      IF NOT FOUND THEN
        DELETE FROM hadal.ready_run WHERE thread_id = claimed_thread;
        CONTINUE;
      ELSIF head.ready_at > clock_timestamp() THEN
        UPDATE hadal.ready_run SET run_id = head.run_id, ready_at = head.ready_at WHERE thread_id = claimed_thread;
        CONTINUE;
      END IF;
      claimed_run := head.run_id;
      -- A range with an order can only be read by the primary key. With id = claimed_run, the index on (name, created_on) costs the same while the
      -- table is small.
      SELECT ctid INTO claimable FROM pgboss.job
        WHERE name = 'run' AND id BETWEEN claimed_run AND claimed_run AND state < 'active' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED;
      IF NOT FOUND THEN RETURN NEXT; CONTINUE; END IF;
      UPDATE pgboss.job SET state = 'active', started_on = now(), heartbeat_on = now(),
        retry_count = CASE WHEN started_on IS NOT NULL THEN retry_count + 1 ELSE retry_count END
        WHERE name = 'run' AND ctid = claimable.ctid RETURNING retry_count INTO claimed_attempt;
      kind := 'claimed';
      claimed := claimed + 1;
      IF claimed_attempt = 0 THEN
        -- A run that unexpectedly has an attempt is left to the caller: a second row would fail this claim and those of all other runs.
        UPDATE hadal.run AS r SET status = 'running', attempt = 0, started_at = now(), updated_at = now()
          WHERE run_id = claimed_run AND status = 'pending' AND started_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM hadal.run_attempt AS recorded WHERE recorded.run_id = claimed_run)
          RETURNING r.* INTO started;
        IF FOUND THEN
          kind := 'started';
          INSERT INTO hadal.run_attempt (run_id, attempt, tenant, instance_id) VALUES (claimed_run, 0, of_tenant, of_instance);
        END IF;
      END IF;
      RETURN NEXT;
    END LOOP;
  END LOOP;
END $$;

-- Accepts a run, as the transaction in runs/submit-run.ts does, for a run without resume and checkpoint and with the strategy reject or enqueue.
-- Verdicts: "accepted"; "started", also with an open attempt of idle_instance, which must execute it; "unknown_thread"; "busy", with the run of the
-- thread that a run with the strategy reject would have to wait for.
CREATE FUNCTION hadal.submit_run_v1(
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
  starts boolean;
BEGIN
  verdict := 'unknown_thread';
  IF NOT is_new THEN
    PERFORM 1 FROM hadal.thread WHERE thread_id = of_thread FOR UPDATE;
    is_new := NOT FOUND;
    IF is_new AND thread_is <> 'any' THEN RETURN NEXT; RETURN; END IF;
  END IF;
  IF is_new THEN
    INSERT INTO hadal.thread (thread_id, status, metadata, temporary)
      VALUES (of_thread, 'busy', of_metadata || graph, thread_is_temporary) ON CONFLICT DO NOTHING;
    is_new := FOUND;
    IF NOT is_new THEN
      -- Another request has created the thread meanwhile.
      PERFORM 1 FROM hadal.thread WHERE thread_id = of_thread FOR UPDATE;
      IF NOT FOUND THEN RETURN NEXT; RETURN; END IF;
    END IF;
  END IF;
  IF NOT is_new THEN
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
`
