/**
 * Migration for the event stream of a thread: each run gets a number when it starts, which gives the order in which the runs of a thread were executed.
 *
 * The creation of runs does not give this order: a run may start later than one that was created after it. The time of the start does not give it
 * either, because the clock of the database may be set back. Numbers come from the sequence of checkpoints (migration 0008), so runs and updates of
 * the state by clients have one order. A trigger assigns them, so the previous release numbers its runs too.
 *
 * Runs that ended before this migration have no number.
 */
export const threadStreams = `
ALTER TABLE hadal.run ADD COLUMN start_number bigint;

CREATE FUNCTION hadal.number_start_v1() RETURNS trigger LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.start_number := nextval('hadal.checkpoint_sequence');
  RETURN NEW;
END $$;
CREATE TRIGGER number_start BEFORE INSERT OR UPDATE OF started_at ON hadal.run
  FOR EACH ROW WHEN (NEW.started_at IS NOT NULL AND NEW.start_number IS NULL) EXECUTE FUNCTION hadal.number_start_v1();

UPDATE hadal.run SET start_number = nextval('hadal.checkpoint_sequence') WHERE started_at IS NOT NULL AND status IN ('pending', 'running');
`
