/**
 * Migration for the functions with which an attempt at a run writes its state and the run's end, each in one statement and one transaction. The name
 * of a function has its version, because servers of two releases use one database. A function is never changed after its release: a later migration
 * adds the next version, and the release after that one may drop the former.
 */
export const saverFunctions = `
-- Returns whether the attempt has the run's lease, and prevents the loss of the lease until the end of the transaction. Sets the transaction's run,
-- which is stored with each write of a task (migration 0007).
CREATE FUNCTION hadal.hold_lease_v1(of_run uuid, of_attempt integer) RETURNS boolean
LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM 1 FROM pgboss.job WHERE name = 'run' AND id = of_run AND state = 'active' AND retry_count = of_attempt FOR SHARE;
  IF NOT FOUND THEN RETURN false; END IF;
  PERFORM set_config('hadal.run_id', of_run::text, true);
  RETURN true;
END $$;

-- Writes state and events of a run, if the attempt has the run's lease; returns whether it has. A repeated call with the same arguments changes
-- nothing. The conflict rules of LangGraph's tables are those of the official saver.
CREATE FUNCTION hadal.save_v1(
  of_run uuid, of_attempt integer,
  -- {"checkpoints": [{"thread", "namespace", "id", "parent", "content", "metadata"}],
  --  "blobs": [{"thread", "namespace", "channel", "version", "type", "at", "size"}],
  --  "writes": [{"thread", "namespace", "id", "task", "idx", "channel", "type", "at", "size", "replaces"}]}
  -- "at" and "size" are the position (from 1) and number of bytes of a value in all_values. A blob without a value has no size.
  parts jsonb, all_values bytea,
  sequences integer[], events text[], event_data text[]
) RETURNS boolean LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  given record;
BEGIN
  -- A call that waits for a table, for example behind a migration, must not keep the lease locked: the worker would not learn that it is lost.
  LOCK TABLE hadal.run_event, public.checkpoint_blobs, public.checkpoints, public.checkpoint_writes IN ROW EXCLUSIVE MODE;
  IF NOT hadal.hold_lease_v1(of_run, of_attempt) THEN RETURN false; END IF;
  IF cardinality(sequences) > 0 THEN
    INSERT INTO hadal.run_event (run_id, sequence, event, data)
      SELECT of_run, added.sequence, added.event, added.data
      FROM unnest(sequences, events, event_data) AS added (sequence, event, data)
      ON CONFLICT DO NOTHING;
  END IF;
  INSERT INTO public.checkpoint_blobs (thread_id, checkpoint_ns, channel, version, type, blob)
    SELECT blob.thread, blob.namespace, blob.channel, blob.version, blob.type, substring(all_values FROM blob.at FOR blob.size)
    FROM jsonb_to_recordset(parts->'blobs')
      AS blob (thread text, namespace text, channel text, version text, type text, at integer, size integer)
    ON CONFLICT (thread_id, checkpoint_ns, channel, version) DO NOTHING;
  FOR given IN SELECT * FROM jsonb_to_recordset(parts->'checkpoints')
    AS checkpoint (thread text, namespace text, id text, parent text, content jsonb, metadata jsonb)
  LOOP
    -- Each checkpoint gets a number of its own (migration 0008): the order of ids depends on the clock.
    PERFORM set_config('hadal.checkpoint_number', '', true);
    INSERT INTO public.checkpoints (thread_id, checkpoint_ns, checkpoint_id, parent_checkpoint_id, checkpoint, metadata)
      VALUES (given.thread, given.namespace, given.id, given.parent, given.content, given.metadata)
      ON CONFLICT (thread_id, checkpoint_ns, checkpoint_id) DO UPDATE SET checkpoint = EXCLUDED.checkpoint, metadata = EXCLUDED.metadata;
  END LOOP;
  FOR given IN SELECT * FROM jsonb_to_recordset(parts->'writes')
    AS write (thread text, namespace text, id text, task text, idx integer, channel text, type text, at integer, size integer, replaces boolean)
  LOOP
    IF given.replaces THEN
      INSERT INTO public.checkpoint_writes (thread_id, checkpoint_ns, checkpoint_id, task_id, idx, channel, type, blob)
        VALUES (given.thread, given.namespace, given.id, given.task, given.idx, given.channel, given.type,
          substring(all_values FROM given.at FOR given.size))
        ON CONFLICT (thread_id, checkpoint_ns, checkpoint_id, task_id, idx)
          DO UPDATE SET channel = EXCLUDED.channel, type = EXCLUDED.type, blob = EXCLUDED.blob;
    ELSE
      INSERT INTO public.checkpoint_writes (thread_id, checkpoint_ns, checkpoint_id, task_id, idx, channel, type, blob)
        VALUES (given.thread, given.namespace, given.id, given.task, given.idx, given.channel, given.type,
          substring(all_values FROM given.at FOR given.size))
        ON CONFLICT (thread_id, checkpoint_ns, checkpoint_id, task_id, idx) DO NOTHING;
    END IF;
  END LOOP;
  RETURN true;
END $$;

-- Ends a run in the ordinary case: writes its last events, its status, the end of its attempt and job, and the state of its thread. Returns
--   'ended'       if the run has ended,
--   'ended_next'  if it has ended and another run of its thread may wait; also after an earlier call of this attempt whose answer was lost,
--   'lease_lost'  if the attempt no longer has the run's lease,
--   'rollback'    if a client requested a rollback, and
--   'approvals'   if the end of the run changes the ledger of approvals or its state: the thread has open approval requests, or shows closed ones.
-- Nothing is written except for 'ended' and 'ended_next'. All transactions that change a run and its thread lock the thread first, which prevents
-- deadlocks.
CREATE FUNCTION hadal.end_run_v1(
  of_tenant text, of_thread uuid, of_run uuid, of_attempt integer, of_status text, of_error jsonb,
  sequences integer[], events text[], event_data text[],
  -- State of the thread after the run. Without a status, the thread keeps its values and interrupts.
  thread_status text, thread_values jsonb, thread_interrupts json
) RETURNS text LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  shown text;
  requested text;
  left_status text;
BEGIN
  -- As in save_v1.
  LOCK TABLE hadal.thread, hadal.run, hadal.run_attempt, hadal.run_event IN ROW EXCLUSIVE MODE;
  SELECT interrupts::text INTO shown FROM hadal.thread WHERE thread_id = of_thread FOR UPDATE;
  IF thread_status IS NOT NULL THEN shown := thread_interrupts::text; END IF;
  PERFORM 1 FROM pgboss.job WHERE name = 'run' AND id = of_run AND state = 'active' AND retry_count = of_attempt FOR UPDATE;
  IF NOT FOUND THEN
    PERFORM 1 FROM hadal.run_attempt WHERE run_id = of_run AND attempt = of_attempt AND tenant = of_tenant AND reason = 'ended';
    RETURN CASE WHEN FOUND THEN 'ended_next' ELSE 'lease_lost' END;
  END IF;
  SELECT cancel INTO requested FROM hadal.run WHERE run_id = of_run;
  IF requested = 'rollback' THEN RETURN 'rollback'; END IF;
  PERFORM 1 FROM hadal.approval_event AS asked
    WHERE asked.event = 'asked' AND asked.actor IS DISTINCT FROM 'hadal:mark' AND asked.tenant = of_tenant AND asked.thread_id = of_thread
      AND (position(asked.digest IN shown) > 0 OR NOT EXISTS (SELECT 1 FROM hadal.approval_event AS closed
        WHERE closed.digest = asked.digest AND closed.event IN ('executed', 'refused', 'withdrawn')));
  IF FOUND THEN RETURN 'approvals'; END IF;
  IF cardinality(sequences) > 0 THEN
    INSERT INTO hadal.run_event (run_id, sequence, event, data)
      SELECT of_run, added.sequence, added.event, added.data
      FROM unnest(sequences, events, event_data) AS added (sequence, event, data)
      ON CONFLICT DO NOTHING;
  END IF;
  UPDATE hadal.run SET status = of_status, error = of_error, ended_at = now(), updated_at = now() WHERE run_id = of_run;
  UPDATE hadal.run_attempt SET reason = 'ended', ended_at = clock_timestamp()
    WHERE run_id = of_run AND attempt = of_attempt AND tenant = of_tenant AND reason IS NULL;
  -- As pg-boss completes a job.
  UPDATE pgboss.job SET completed_on = pgboss.job_now(), state = 'completed', output = NULL
    WHERE name = 'run' AND id = of_run AND state = 'active';
  IF thread_status IS NULL THEN
    UPDATE hadal.thread SET updated_at = now(), error = coalesce(of_error, error), status = CASE
        WHEN EXISTS (SELECT 1 FROM hadal.run WHERE thread_id = of_thread AND status IN ('pending', 'running')) THEN 'busy'
        WHEN of_error IS NOT NULL THEN 'error'
        WHEN interrupts::text <> '{}' THEN 'interrupted'
        WHEN error IS NOT NULL THEN 'error'
        ELSE 'idle' END
      WHERE thread_id = of_thread RETURNING status INTO left_status;
  ELSE
    UPDATE hadal.thread SET "values" = thread_values, interrupts = thread_interrupts, error = of_error, updated_at = now(),
        state_updated_at = now(), status = CASE
          WHEN EXISTS (SELECT 1 FROM hadal.run WHERE thread_id = of_thread AND status IN ('pending', 'running')) THEN 'busy'
          ELSE thread_status END
      WHERE thread_id = of_thread RETURNING status INTO left_status;
  END IF;
  RETURN CASE WHEN left_status = 'busy' THEN 'ended_next' ELSE 'ended' END;
END $$;
`
