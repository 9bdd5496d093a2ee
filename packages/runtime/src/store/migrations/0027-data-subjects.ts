/**
 * Migration for data subjects: pseudonyms of users, deletions for the log of deletions, and the audit, which has pseudonyms only.
 *
 * Triggers write deletions and entries of the audit, so that every way of a change is recorded, also one by a server of the release before.
 */
export const dataSubjects = `
-- Takes the strongest locks first: see 0005.
LOCK TABLE hadal.thread, hadal.approval_event, hadal.api_key, hadal.restore IN ACCESS EXCLUSIVE MODE;

-- Pseudonym of a user in the audit and in the log of deletions. Without this row, records with the pseudonym name nobody.
CREATE TABLE hadal.pseudonym (
  tenant text NOT NULL,
  owner text NOT NULL CHECK (owner <> ''),
  pseudonym uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, owner)
);

-- Deletions of threads and users that are not yet in the log of deletions.
CREATE TABLE hadal.deletion (
  sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant text NOT NULL DEFAULT 'default',
  -- Always NULL: a row names no user.
  owner text,
  kind text NOT NULL CHECK (kind IN ('thread', 'user')),
  -- Of a thread: SHA-256 of its id, which is random.
  pseudonym text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Time at which a server began to write the row to the log.
  claimed_at timestamptz
);

-- Pseudonym of a thread in the log of deletions.
CREATE FUNCTION hadal.thread_pseudonym_v1(of_thread uuid) RETURNS text
LANGUAGE sql IMMUTABLE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
  SELECT encode(sha256(convert_to(of_thread::text, 'UTF8')), 'hex')
$$;

-- Records deleted threads, except those of stateless runs that the sweep deletes: it deletes them after a restore, too.
CREATE FUNCTION hadal.record_deleted_threads_v1() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO hadal.deletion (tenant, kind, pseudonym)
    SELECT tenant, 'thread', hadal.thread_pseudonym_v1(thread_id) FROM deleted
    WHERE NOT (temporary AND updated_at < now() - interval '5 minutes');
  RETURN NULL;
END $$;
CREATE TRIGGER record_deleted AFTER DELETE ON hadal.thread REFERENCING OLD TABLE AS deleted
  FOR EACH STATEMENT EXECUTE FUNCTION hadal.record_deleted_threads_v1();

-- Returns the pseudonym of a user, which is created at its first use; NULL for no user.
CREATE FUNCTION hadal.pseudonym_v1(of_tenant text, of_user text) RETURNS uuid
LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  found_pseudonym uuid;
BEGIN
  IF coalesce(of_user, '') = '' THEN RETURN NULL; END IF;
  SELECT pseudonym INTO found_pseudonym FROM hadal.pseudonym WHERE tenant = of_tenant AND owner = of_user;
  IF FOUND THEN RETURN found_pseudonym; END IF;
  INSERT INTO hadal.pseudonym AS known (tenant, owner) VALUES (of_tenant, of_user)
    ON CONFLICT (tenant, owner) DO UPDATE SET owner = known.owner RETURNING pseudonym INTO found_pseudonym;
  RETURN found_pseudonym;
END $$;

-- What people did, by month. The roles of servers only read and add rows. The owner of the tables adds the partitions of further months and detaches
-- old ones: see store/roll-audit.ts.
CREATE TABLE hadal.audit (
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  entry_id uuid NOT NULL DEFAULT gen_random_uuid(),
  tenant text NOT NULL DEFAULT 'default',
  -- Pseudonym of the user whom the entry is about; NULL for no user.
  owner uuid,
  -- Pseudonym of the user who acted; otherwise "operator" for a command of hadal-runtime, or "client" for a client of a server without sign-in.
  actor text NOT NULL,
  action text NOT NULL,
  -- Id of the object, such as a thread or an API key; NULL for several.
  object text,
  details jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (at, entry_id)
) PARTITION BY RANGE (at);
-- A schema of its own, in which the roles of servers have no rights.
CREATE SCHEMA hadal_audit;
CREATE TABLE hadal_audit.other PARTITION OF hadal.audit DEFAULT;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON hadal.audit FOR EACH ROW EXECUTE FUNCTION hadal.refuse_change();
CREATE TRIGGER no_truncate BEFORE TRUNCATE ON hadal.audit FOR EACH STATEMENT EXECUTE FUNCTION hadal.refuse_change();

CREATE FUNCTION hadal.audit_decision_v1() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  INSERT INTO hadal.audit (tenant, owner, actor, action, object, details)
    SELECT NEW.tenant, hadal.pseudonym_v1(NEW.tenant, NEW.owner),
      CASE WHEN NEW.actor = 'client' THEN 'client'
        ELSE hadal.pseudonym_v1(NEW.tenant, CASE WHEN starts_with(NEW.actor, 'user:hadal:') THEN substr(NEW.actor, 6) ELSE NEW.actor END)::text END,
      'approval.decided', NEW.thread_id::text,
      jsonb_build_object('tool', NEW.tool, 'decision', NEW.decision, 'digest', NEW.digest, 'run_id', NEW.run_id);
  RETURN NULL;
END $$;
-- The server's own actors begin with "hadal:". See runs/approvals/actor-of.ts.
CREATE TRIGGER audit_decision AFTER INSERT ON hadal.approval_event
  FOR EACH ROW WHEN (NEW.event = 'decided' AND NOT starts_with(NEW.actor, 'hadal:')) EXECUTE FUNCTION hadal.audit_decision_v1();

CREATE FUNCTION hadal.audit_api_key_v1() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  of_user CONSTANT uuid := hadal.pseudonym_v1(NEW.tenant, NEW.owner);
  what text;
BEGIN
  IF TG_OP = 'INSERT' THEN what := 'key.created';
  ELSIF NEW.revoked_at IS NOT NULL AND OLD.revoked_at IS NULL THEN what := 'key.revoked';
  ELSIF NEW.unconfirmed_since IS NULL AND OLD.unconfirmed_since IS NOT NULL THEN what := 'key.confirmed';
  ELSIF NEW.last_used_at IS DISTINCT FROM OLD.last_used_at AND 'administer' = ANY (NEW.roles) THEN what := 'administrator.signed-in';
  ELSE RETURN NULL;
  END IF;
  INSERT INTO hadal.audit (tenant, owner, actor, action, object, details) VALUES (NEW.tenant, of_user,
    CASE what WHEN 'administrator.signed-in' THEN of_user::text ELSE 'operator' END, what, NEW.key_id,
    CASE what WHEN 'key.created' THEN jsonb_strip_nulls(jsonb_build_object('roles', NEW.roles, 'expires_at', NEW.expires_at, 'replaces', NEW.replaces))
      ELSE '{}' END);
  RETURN NULL;
END $$;
CREATE TRIGGER audit_created AFTER INSERT ON hadal.api_key FOR EACH ROW EXECUTE FUNCTION hadal.audit_api_key_v1();
-- last_used_at changes at most once per hour.
CREATE TRIGGER audit_changed AFTER UPDATE OF revoked_at, unconfirmed_since, last_used_at ON hadal.api_key
  FOR EACH ROW EXECUTE FUNCTION hadal.audit_api_key_v1();

-- Records the sign-in of an administrator without an API key, once per hour.
CREATE FUNCTION hadal.audit_sign_in_v1(of_tenant text, of_user text) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  pseudonym uuid;
BEGIN
  PERFORM set_config('hadal.tenant', of_tenant, true);
  pseudonym := hadal.pseudonym_v1(of_tenant, of_user);
  INSERT INTO hadal.audit (tenant, owner, actor, action) SELECT of_tenant, pseudonym, pseudonym::text, 'administrator.signed-in'
    WHERE NOT EXISTS (SELECT FROM hadal.audit AS before WHERE before.tenant = of_tenant AND before.actor = pseudonym::text
      AND before.action = 'administrator.signed-in' AND before.at > now() - interval '1 hour');
END $$;

CREATE FUNCTION hadal.audit_restore_v1() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.ended_at IS NOT NULL THEN RETURN NULL; END IF;
  INSERT INTO hadal.audit (tenant, actor, action, object, details) VALUES (NEW.tenant, 'operator', 'restore.ended', NEW.backup_id,
    jsonb_strip_nulls(jsonb_build_object('restore_id', NEW.restore_id, 'snapshot_at', NEW.snapshot_at, 'threads', NEW.threads)));
  RETURN NULL;
END $$;
CREATE TRIGGER audit_ended AFTER INSERT OR UPDATE OF ended_at ON hadal.restore
  FOR EACH ROW WHEN (NEW.ended_at IS NOT NULL) EXECUTE FUNCTION hadal.audit_restore_v1();

-- The ledger of approvals refuses each change, except that the owner of the tables replaces the id of a user by the user's pseudonym.
CREATE FUNCTION hadal.refuse_ledger_change_v1() RETURNS trigger
LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  acting CONSTANT text := CASE WHEN starts_with(OLD.actor, 'user:hadal:') THEN substr(OLD.actor, 6) ELSE OLD.actor END;
  pseudonyms CONSTANT jsonb := (
    SELECT coalesce(jsonb_object_agg(owner, pseudonym), '{}') FROM hadal.pseudonym WHERE tenant = OLD.tenant AND owner IN (OLD.owner, acting));
BEGIN
  IF pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'USAGE')
    AND to_jsonb(NEW) - '{owner,actor}'::text[] = to_jsonb(OLD) - '{owner,actor}'::text[]
    AND (NEW.owner, NEW.actor) IS DISTINCT FROM (OLD.owner, OLD.actor)
    AND (NEW.owner IS NOT DISTINCT FROM OLD.owner OR NEW.owner = pseudonyms->>OLD.owner)
    AND (NEW.actor IS NOT DISTINCT FROM OLD.actor OR NEW.actor = pseudonyms->>acting) THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'Rows are only ever added to %.%, so % is refused.', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP;
END $$;
DROP TRIGGER append_only ON hadal.approval_event;
CREATE TRIGGER append_only BEFORE TRUNCATE ON hadal.approval_event FOR EACH STATEMENT EXECUTE FUNCTION hadal.refuse_change();
CREATE TRIGGER append_only_updates BEFORE UPDATE ON hadal.approval_event FOR EACH ROW EXECUTE FUNCTION hadal.refuse_ledger_change_v1();
`
