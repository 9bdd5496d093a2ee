/**
 * Migration that stores with each write of a task the run that made it. A run that continues another one first writes to the checkpoint of that
 * run. A rollback must remove these writes too, or the next run would take them for finished steps and given answers.
 *
 * The table belongs to LangGraph. Its own statements name their columns, and ignore this one.
 */
export const runsOfWrites = `
-- The transaction of an attempt sets this setting to its run: see store/leased-saver.ts.
ALTER TABLE public.checkpoint_writes
  ADD COLUMN hadal_run_id uuid DEFAULT nullif(current_setting('hadal.run_id', true), '')::uuid;

-- A second answer to the same task replaces the first: the write then belongs to the run that brought the second.
CREATE FUNCTION hadal.mark_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.hadal_run_id := nullif(current_setting('hadal.run_id', true), '')::uuid;
  RETURN NEW;
END $$;
CREATE TRIGGER mark_write BEFORE UPDATE ON public.checkpoint_writes
  FOR EACH ROW EXECUTE FUNCTION hadal.mark_write();
`
