/** Number of the migration for retention. Threads from before it count as used when it was applied: see `store/queries/due-threads.ts`. */
export const retentionVersion = 12

/**
 * Migration for the time that threads and their checkpoints live. Threads that exist are stamped with the current time: none is due earlier after
 * the upgrade than a thread that is used at that moment.
 *
 * The checks are not validated, which would scan the table: the new columns of existing rows are empty. The indexes are in `large-indexes.ts`.
 */
export const retention = `
ALTER TABLE hadal.thread
  -- The thread's own TTL. Without one the server's default applies.
  ADD COLUMN ttl_strategy text,
  ADD COLUMN ttl_minutes double precision,
  -- Time at which the thread's own TTL is due; NULL after it was applied, until the thread is used again.
  ADD COLUMN expires_at timestamptz,
  -- Time since which the thread may have a checkpoint that nothing needs; NULL if its last prune left none.
  ADD COLUMN prunable_since timestamptz DEFAULT now(),
  -- updated_at of the thread at its last prune. Any other updated_at means that the thread was used since.
  ADD COLUMN pruned_up_to timestamptz,
  -- Time at which a prune last removed checkpoints, for the answer to a client that asks for one of them.
  ADD COLUMN checkpoints_removed_at timestamptz,
  ADD CONSTRAINT thread_ttl_strategy CHECK (ttl_strategy IN ('delete', 'keep_latest')) NOT VALID,
  ADD CONSTRAINT thread_ttl CHECK ((ttl_strategy IS NULL) = (ttl_minutes IS NULL) AND ttl_minutes > 0) NOT VALID;

-- Each use of a thread sets updated_at: a new run, the end of a run, an update of the state or of the metadata, by this release and the one before.
CREATE FUNCTION hadal.arm_ttl_v1() RETURNS trigger LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.expires_at := now() + NEW.ttl_minutes * interval '1 minute';
  RETURN NEW;
END $$;
CREATE TRIGGER arm_ttl BEFORE INSERT OR UPDATE OF updated_at, ttl_minutes ON hadal.thread
  FOR EACH ROW WHEN (NEW.ttl_minutes IS NOT NULL) EXECUTE FUNCTION hadal.arm_ttl_v1();
`
