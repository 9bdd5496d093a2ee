/**
 * Migration for assistants. `hadal.assistant` has the identity of an assistant and the number of its current version, and
 * `hadal.assistant_version` has the contents of each version, which never change.
 */
export const assistants = `
CREATE TABLE hadal.assistant (
  tenant text NOT NULL,
  assistant_id uuid NOT NULL,
  owner text,
  -- Whether the server made the assistant of a graph in langgraph.json. Clients can't change it.
  system boolean NOT NULL DEFAULT false,
  -- The current version: a new run gets its contents.
  version integer NOT NULL DEFAULT 1,
  -- The highest version that exists, which may be above the current one.
  newest_version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  -- Time since which the assistant is being deleted: its runs are stopped first, and it accepts no more.
  deleting_since timestamptz,
  deletes_threads boolean NOT NULL DEFAULT false,
  PRIMARY KEY (tenant, assistant_id)
);
CREATE INDEX assistant_by_creation ON hadal.assistant (tenant, created_at, assistant_id);

CREATE TABLE hadal.assistant_version (
  tenant text NOT NULL,
  assistant_id uuid NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  owner text,
  graph_id text NOT NULL,
  name text NOT NULL,
  -- The name in lower case as JavaScript writes it: PostgreSQL's lower() depends on the locale of the database.
  lower_name text NOT NULL,
  description text,
  config jsonb NOT NULL DEFAULT '{}',
  context jsonb NOT NULL DEFAULT '{}',
  metadata jsonb NOT NULL DEFAULT '{}',
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (tenant, assistant_id, version),
  FOREIGN KEY (tenant, assistant_id) REFERENCES hadal.assistant ON DELETE CASCADE
);
CREATE INDEX assistant_version_metadata ON hadal.assistant_version USING gin (metadata jsonb_path_ops);
`
