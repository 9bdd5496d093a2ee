/**
 * Migration for API keys. The text of a key is not stored, only its SHA-256: the key has 256 random bits, so a slow hash would add nothing.
 *
 * The tenant of a request is known only after its key was found, so the lookup names the ids that it may read in `hadal.key_ids`, in place of a tenant.
 */
export const apiKeys = `
CREATE TABLE hadal.api_key (
  key_id text PRIMARY KEY CHECK (key_id ~ '^[a-z2-7]{16}$'),
  tenant text NOT NULL CHECK (tenant <> ''),
  -- The user who signs in with the key.
  owner text NOT NULL CHECK (owner <> ''),
  name text NOT NULL DEFAULT '',
  roles text[] NOT NULL CHECK (cardinality(roles) > 0 AND roles <@ ARRAY['read', 'run', 'approve', 'administer']),
  hash bytea NOT NULL CHECK (length(hash) = 32),
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  -- Updated at most once per hour.
  last_used_at timestamptz,
  -- The key that this key replaces.
  replaces text
);
CREATE INDEX api_key_of_tenant ON hadal.api_key (tenant, created_at, key_id);
CREATE INDEX api_key_expiring ON hadal.api_key (expires_at) WHERE revoked_at IS NULL;
CREATE INDEX api_key_replacing ON hadal.api_key (replaces) WHERE replaces IS NOT NULL;

CREATE FUNCTION hadal.find_api_keys_v1(ids text[]) RETURNS SETOF hadal.api_key
LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM set_config('hadal.key_ids', array_to_string(ids, ','), true);
  RETURN QUERY SELECT * FROM hadal.api_key WHERE key_id = ANY (ids);
END $$;

CREATE FUNCTION hadal.record_api_key_use_v1(of_tenant text, id text) RETURNS void
LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM set_config('hadal.tenant', of_tenant, true);
  UPDATE hadal.api_key SET last_used_at = now()
  WHERE tenant = of_tenant AND key_id = id AND (last_used_at IS NULL OR last_used_at < now() - interval '1 hour');
END $$;
`
