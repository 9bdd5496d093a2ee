/**
 * Migration that numbers the checkpoints in the order in which the database stores them. LangGraph orders them by ids that begin with the writer's
 * time, and the clocks of servers differ.
 *
 * The table belongs to LangGraph. Its own statements name their columns, and ignore this one. Rows from before this migration have no number and
 * are older than all others. The default is set in a separate statement, so PostgreSQL does not rewrite the table. The default also numbers the
 * rows that the previous release inserts.
 */
export const orderOfCheckpoints = `
CREATE SEQUENCE hadal.checkpoint_sequence;

-- All checkpoints of one transaction get the same number: one server wrote them, and its ids give their order. The previous release copies a thread
-- in one transaction, in any order.
CREATE FUNCTION hadal.checkpoint_number() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  IF coalesce(current_setting('hadal.checkpoint_number', true), '') = '' THEN
    PERFORM set_config('hadal.checkpoint_number', nextval('hadal.checkpoint_sequence')::text, true);
  END IF;
  RETURN current_setting('hadal.checkpoint_number')::bigint;
END $$;

ALTER TABLE public.checkpoints ADD COLUMN hadal_sequence bigint;
ALTER TABLE public.checkpoints ALTER COLUMN hadal_sequence SET DEFAULT hadal.checkpoint_number();
`
