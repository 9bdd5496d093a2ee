/**
 * Migration for the event log: a run's log has one of two forms, and a function appends to it.
 *
 * The form is decided when a run is accepted, so that clients of the previous release see every event of the runs that they started. The name of a
 * function has its version, because servers of two releases use one database.
 */
export const eventLog = `
-- rows: one row per event, as the previous release writes and reads them. batches: rows of encoded events, see runs/event-log/log-encoder.ts.
ALTER TABLE hadal.run ADD COLUMN log_form text NOT NULL DEFAULT 'rows' CHECK (log_form IN ('rows', 'batches'));
-- Number of the last event that was removed from the run's log; NULL if none was.
ALTER TABLE hadal.run ADD COLUMN events_removed integer;

-- Appends rows to a run's event log, if the attempt has the run's lease. Rows that exist are kept: a repeated call changes nothing.
-- Answers: "written"; "lost", if the attempt has lost its lease; "missing", if the log has no row "after_row", so a crash of the database has lost
-- rows whose commit was not durable. Only "written" has written anything.
CREATE FUNCTION hadal.append_events_v1(
  of_run uuid, of_attempt integer, sequences integer[], events text[], event_data text[],
  after_row integer, durable boolean
) RETURNS text LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  -- A write that waits for the table, for example behind a migration, must not keep the lease locked: the worker would not learn that it is lost.
  LOCK TABLE hadal.run_event IN ROW EXCLUSIVE MODE;
  PERFORM 1 FROM pgboss.job WHERE name = 'run' AND id = of_run AND state = 'active' AND retry_count = of_attempt FOR SHARE;
  IF NOT FOUND THEN RETURN 'lost'; END IF;
  IF after_row IS NOT NULL AND NOT EXISTS (SELECT FROM hadal.run_event WHERE run_id = of_run AND sequence = after_row) THEN
    RETURN 'missing';
  END IF;
  IF NOT durable THEN PERFORM set_config('synchronous_commit', 'off', true); END IF;
  INSERT INTO hadal.run_event (run_id, sequence, event, data)
    SELECT of_run, added.sequence, added.event, added.data
    FROM unnest(sequences, events, event_data) AS added (sequence, event, data)
    ON CONFLICT DO NOTHING;
  RETURN 'written';
END $$;
`
