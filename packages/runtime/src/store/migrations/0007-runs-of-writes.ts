/**
 * Marks each write of a task with the run that made it. A run that continues another one writes to the checkpoint of that run first: a rollback
 * must remove these writes too, or the next run would take them for finished steps and given answers.
 *
 * The table is LangGraph's. Its own statements name their columns, and do not see this one.
 */
export const runsOfWrites = `
-- The transaction of an attempt names its run in this setting: see store/leased-saver.ts.
ALTER TABLE public.checkpoint_writes
  ADD COLUMN hadal_run_id uuid DEFAULT nullif(current_setting('hadal.run_id', true), '')::uuid;

-- A second answer to the same task replaces the first one: the write belongs to the run that brought the second.
CREATE FUNCTION hadal.mark_write() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.hadal_run_id := nullif(current_setting('hadal.run_id', true), '')::uuid;
  RETURN NEW;
END $$;
CREATE TRIGGER mark_write BEFORE UPDATE ON public.checkpoint_writes
  FOR EACH ROW EXECUTE FUNCTION hadal.mark_write();
`
