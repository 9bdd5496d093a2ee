/**
 * Credentials of runs: header values and fields of the user object that only the run's nodes may see, encrypted. A trigger deletes them with the end
 * of the run, so that every server does it, also one of the release before. A run that is deleted takes its credentials along.
 *
 * `has_credentials` lets a worker read the table only for such a run, and lets the end of every other run skip the trigger.
 */
export const runCredentials = `
ALTER TABLE hadal.run ADD COLUMN has_credentials boolean NOT NULL DEFAULT false;
CREATE TABLE hadal.run_credentials (
  run_id uuid PRIMARY KEY REFERENCES hadal.run (run_id) ON DELETE CASCADE,
  tenant text NOT NULL DEFAULT 'default',
  owner text,
  sealed bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE FUNCTION hadal.delete_run_credentials_v1() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  DELETE FROM hadal.run_credentials WHERE run_id = NEW.run_id;
  RETURN NULL;
END
$$;
CREATE TRIGGER delete_credentials AFTER UPDATE OF ended_at ON hadal.run
  FOR EACH ROW WHEN (NEW.has_credentials AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION hadal.delete_run_credentials_v1();
`
