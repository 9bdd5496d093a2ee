/**
 * Migration that makes threads searchable by their values without reading these: the column `searched_values` holds a copy of the small ones. The
 * field `small` of the copy has each channel whose value takes at most 200 bytes, and the field `large` lists the names of all other channels. See
 * store/queries/thread-filter.ts. A trigger writes the copy, so that servers of the previous release keep it right.
 *
 * Threads from before this migration get their copy in small batches after all migrations: see large-indexes.ts.
 */
export const searchIndexes = `
ALTER TABLE hadal.thread ADD COLUMN searched_values jsonb;

CREATE FUNCTION hadal.searched_values_v1(state jsonb) RETURNS jsonb LANGUAGE sql STABLE SECURITY INVOKER SET search_path = pg_catalog AS $$
  SELECT CASE WHEN jsonb_typeof(state) = 'object' THEN (
    SELECT jsonb_build_object(
      'small', coalesce(jsonb_object_agg(key, value) FILTER (WHERE small), '{}'),
      'large', coalesce(jsonb_agg(key) FILTER (WHERE NOT small), '[]'))
    FROM (SELECT key, value, pg_column_size(value) <= 200 AS small FROM jsonb_each(state)) AS channel)
  ELSE '{}' END
$$;

CREATE FUNCTION hadal.copy_searched_values_v1() RETURNS trigger LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog AS $$
BEGIN
  NEW.searched_values := hadal.searched_values_v1(NEW."values");
  RETURN NEW;
END $$;

CREATE TRIGGER thread_searched_values BEFORE INSERT OR UPDATE OF "values" ON hadal.thread
  FOR EACH ROW EXECUTE FUNCTION hadal.copy_searched_values_v1();

-- Each run updates rows that are in indexes. By default, PostgreSQL vacuums after a fifth of all rows: searches and counts then read through the
-- entries of 200,000 dead rows of a million.
ALTER TABLE hadal.thread SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
ALTER TABLE hadal.run SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_analyze_scale_factor = 0.02);
`
