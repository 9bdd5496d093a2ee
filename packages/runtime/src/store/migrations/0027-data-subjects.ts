/** Migration for data subjects: pseudonyms of users, the log of deletions, and the audit that keeps pseudonyms only. */
export const dataSubjects = `
-- Pseudonym of a user in the audit and in the log of deletions. Deleting the row leaves records that name nobody.
CREATE TABLE hadal.pseudonym (
  tenant text NOT NULL,
  owner text NOT NULL,
  pseudonym uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, owner)
);
-- Deletions of threads and users, until they are in the log of deletions of the backup target.
CREATE TABLE hadal.deletion (
  sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  tenant text NOT NULL DEFAULT 'default',
  owner text,
  kind text NOT NULL CHECK (kind IN ('thread', 'user')),
  pseudonym text NOT NULL,
  at timestamptz NOT NULL DEFAULT clock_timestamp()
);
`
