export const approvals = `
-- What was asked, decided and executed, one row for each. Rows are added and nothing else, and they outlive their thread: they hold digests
-- and the tool's name. A call's arguments stand in its thread alone, and go with it.
CREATE TABLE hadal.approval_event (
  sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  event text NOT NULL CHECK (event IN ('asked', 'decided', 'executed', 'refused')),
  at timestamptz NOT NULL DEFAULT clock_timestamp(),
  -- The question's identity: of tool, arguments, tenant, thread, place and expiry.
  digest text NOT NULL CHECK (digest ~ '^[0-9a-f]{64}$'),
  tenant text NOT NULL,
  thread_id uuid NOT NULL,
  -- The task in the graph and the id of the call.
  place text NOT NULL,
  tool text NOT NULL,
  expires_at timestamptz NOT NULL,
  -- The run that asked, brought the decision, or executed.
  run_id uuid,
  -- Of a decision: what and whose. An expiry decides too.
  decision text CHECK (decision IN ('approve', 'edit', 'reject', 'expired')),
  actor text,
  -- Of an approval or edit: the digest of the call that may run; of an execution: of the one that did.
  runs_digest text CHECK (runs_digest ~ '^[0-9a-f]{64}$'),
  -- Of a refusal: why an answered call was not executed.
  reason text,
  CHECK ((event = 'decided') = (decision IS NOT NULL AND actor IS NOT NULL)),
  CHECK ((event = 'refused') = (reason IS NOT NULL))
);
CREATE UNIQUE INDEX approval_asked ON hadal.approval_event (digest) WHERE event = 'asked';
-- An approval holds for one execution.
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
