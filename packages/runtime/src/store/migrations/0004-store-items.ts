export const storeItems = `
CREATE TABLE hadal.store_item (
  tenant text NOT NULL,
  -- Its labels, never joined: a prefix is an array slice, so that "acme" does not meet "acme2".
  namespace text[] NOT NULL CHECK (cardinality(namespace) > 0),
  key text NOT NULL,
  value jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, namespace, key)
);
-- What a search by prefix starts from: its first label.
CREATE INDEX store_item_by_root ON hadal.store_item (tenant, (namespace[1]));
`
