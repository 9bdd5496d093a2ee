export const storeItems = `
CREATE TABLE hadal.store_item (
  tenant text NOT NULL,
  -- The labels of the namespace as an array. A prefix is an array slice, so "acme" does not match "acme2".
  namespace text[] NOT NULL CHECK (cardinality(namespace) > 0),
  key text NOT NULL,
  value jsonb NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, namespace, key)
);
-- Index for searches by prefix, which begin with the first label.
CREATE INDEX store_item_by_root ON hadal.store_item (tenant, (namespace[1]));
`
