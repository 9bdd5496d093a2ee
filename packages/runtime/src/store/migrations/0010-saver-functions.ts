/**
 * Migration for the function with which an attempt at a run writes its state: checkpoints, results of tasks and events, in one statement and one
 * transaction. The name of a function has its version, because servers of two releases use one database. A function is never changed after its
 * release: a later migration adds the next version, and the release after that one may drop the former.
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
  -- A write that waits for the table, for example behind a migration, must not keep the lease locked: the worker would not learn that it is lost.
  IF cardinality(sequences) > 0 THEN LOCK TABLE hadal.run_event IN ROW EXCLUSIVE MODE; END IF;
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
`
