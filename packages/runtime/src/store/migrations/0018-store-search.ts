/**
 * Migration for the time that items of the store live. Items that exist keep no TTL. A trigger computes `expires_at`, so that an item lives on when a
 * server of the previous release writes it. The indexes are in `large-indexes.ts`; the table of vectors is in `vector-table.ts`, because it needs
 * an extension that a database may lack.
 */
export const storeSearch = `
ALTER TABLE hadal.store_item
  ADD COLUMN owner text,
  -- Minutes for which the item lives after its last use; NULL without a TTL.
  ADD COLUMN ttl_minutes double precision,
  -- Time from which on the item counts as missing; NULL without a TTL.
  ADD COLUMN expires_at timestamptz,
  ADD CONSTRAINT store_item_ttl CHECK (ttl_minutes > 0) NOT VALID;

CREATE FUNCTION hadal.arm_item_ttl_v1() RETURNS trigger LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.expires_at := now() + NEW.ttl_minutes * interval '1 minute';
  RETURN NEW;
END $$;
CREATE TRIGGER arm_ttl BEFORE INSERT OR UPDATE OF updated_at, ttl_minutes ON hadal.store_item
  FOR EACH ROW WHEN (NEW.ttl_minutes IS NOT NULL OR NEW.expires_at IS NOT NULL) EXECUTE FUNCTION hadal.arm_item_ttl_v1();
`
