/** Migration for threads that a person restored after their deletion, and for deletions after the clock of the database went back. */
export const restoredThreads = `
-- A restore of threads records them as restored, so that the log of deletions does not delete them in a later restore of an older backup.
ALTER TABLE hadal.deletion DROP CONSTRAINT deletion_kind_check,
  ADD CONSTRAINT deletion_kind_check CHECK (kind IN ('thread', 'user', 'restored'));

-- A deletion is never older than its thread: otherwise the log would be taken to mean an earlier thread of the same id.
CREATE OR REPLACE FUNCTION hadal.record_deleted_threads_v1() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO hadal.deletion (tenant, kind, pseudonym, at)
    SELECT tenant, 'thread', hadal.thread_pseudonym_v1(thread_id), greatest(clock_timestamp(), created_at) FROM deleted
    WHERE NOT (temporary AND updated_at < now() - interval '5 minutes');
  RETURN NULL;
END $$;
`
