export const approvals = `
-- Audit of approvals: one row per question, decision or execution. Rows are only inserted, and they outlive their thread: they contain digests and
-- the tool's name. The arguments of a call are stored in its thread only, and are deleted with it.
CREATE TABLE hadal.approval_event (
  sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event text NOT NULL CHECK (event IN ('asked', 'decided', 'executed', 'refused')),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- Identifies the question: hash of tool, arguments, tenant, thread, place and expiry.
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  tenant text NOT NULL,
  thread_id uuid NOT NULL,
  -- Task in the graph and id of the call.
  place text NOT NULL,
  tool text NOT NULL,
  expires_at timestamptz NOT NULL,
  -- The run that asked the question, brought the decision, or executed the call.
  run_id uuid,
  -- The decision; an expiry also counts as one. Its author is in actor.
  decision text CHECK (decision IN ('approve', 'edit', 'reject', 'expired')),
  actor text,
  -- Digest of the call that an approval or edit allows, or that an execution executed.
  runs_digest text CHECK (runs_digest ~ '^[0-9a-f]{64}$'),
  -- Why an answered call was not executed.
  reason text,
  CHECK ((event = 'decided') = (decision IS NOT NULL AND actor IS NOT NULL)),
  CHECK ((event = 'refused') = (reason IS NOT NULL))
);
CREATE UNIQUE INDEX approval_asked ON hadal.approval_event (digest) WHERE event = 'asked';
-- An approval permits one execution.
CREATE UNIQUE INDEX approval_executed ON hadal.approval_event (digest) WHERE event = 'executed';
CREATE INDEX approval_decided ON hadal.approval_event (digest, sequence) WHERE event = 'decided';
CREATE INDEX approval_at_place ON hadal.approval_event (thread_id, place, sequence) WHERE event = 'asked';

CREATE FUNCTION hadal.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Rows are only ever added to %.%, so % is refused.', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP;
END $$;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON hadal.approval_event
  FOR EACH STATEMENT EXECUTE FUNCTION hadal.refuse_change();
`
