/**
 * Migration for the encryption of what agents store: the ids of the keys with which rows may be encrypted. A server without one of these keys does not
 * start. `hadal-runtime seal` removes the id of a key that encrypts nothing any more.
 *
 * Encrypted values are stored in the columns of the plain ones, so no other table changes.
 */
export const sealedColumns = `
CREATE TABLE hadal.sealing_key (
  -- The id is derived from the key and does not reveal it.
  key_id text PRIMARY KEY CHECK (key_id ~ '^[0-9a-f]{16}$'),
  first_used_at timestamptz NOT NULL DEFAULT now()
);
`
