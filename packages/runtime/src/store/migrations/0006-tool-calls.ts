/**
 * Migration for executions of tool calls, and for the outcomes of approved calls.
 *
 * The previous release writes `executed` right before it calls a tool, and refuses a call that has this entry. In this release the row keeps that
 * name and means "begun"; `hadal.approval_audit` shows the rows of both releases in the words of the audit.
 */
export const toolCalls = `
-- Takes the strongest locks first: see 0005.
LOCK TABLE hadal.thread, hadal.approval_event IN ACCESS EXCLUSIVE MODE;
-- One execution of one call. It is deleted with its thread; approval_event keeps the audit of a call that needed an approval.
CREATE TABLE hadal.tool_call (
  tenant text NOT NULL,
  owner text,
  thread_id uuid NOT NULL REFERENCES hadal.thread ON DELETE CASCADE,
  -- Task in the graph and id of the call.
  place text NOT NULL,
  -- Number of the execution, from 1 per call.
  execution integer NOT NULL CHECK (execution > 0),
  tool text NOT NULL,
  -- The attempt that began the execution: the run and the retry count of pg-boss.
  run_id uuid,
  attempt integer,
  -- Digest of the approval under which it was begun, if one was needed.
  digest text CHECK (digest ~ '^[0-9a-f]{64}$'),
  begun_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  ended_at timestamptz,
  -- A call without an outcome may have acted.
  outcome text CHECK (outcome IN ('done', 'failed', 'paused')),
  CHECK ((ended_at IS NULL) = (outcome IS NULL)),
  PRIMARY KEY (thread_id, place, execution)
);

ALTER TABLE hadal.approval_event
  DROP CONSTRAINT approval_event_event_check,
  DROP CONSTRAINT approval_event_decision_check,
  DROP CONSTRAINT approval_event_check1,
  ADD CONSTRAINT approval_event_event_check
    CHECK (event IN ('asked', 'decided', 'executed', 'done', 'failed', 'refused', 'unused', 'withdrawn')),
  ADD CONSTRAINT approval_event_decision_check CHECK (decision IN ('approve', 'edit', 'reject', 'respond', 'expired')),
  -- Why an answered call was not executed, or why a question was withdrawn.
  ADD CONSTRAINT approval_event_reason_check CHECK (event NOT IN ('refused', 'unused', 'withdrawn') OR reason IS NOT NULL);
CREATE UNIQUE INDEX approval_ended ON hadal.approval_event (digest) WHERE event IN ('done', 'failed');
CREATE INDEX approval_of_digest ON hadal.approval_event (digest, sequence);
-- Threads with pending interrupts, in any status.
CREATE INDEX thread_asking ON hadal.thread (thread_id) WHERE interrupts::text <> '{}';

-- While a call without an approval is executed, a mark represents it in a form that the previous release understands: a question whose approval is
-- used. If that release takes over the run, it asks a person instead of executing the call again. A mark is deleted at the end of the execution,
-- and is not part of the audit. The next release writes no marks.
CREATE INDEX approval_mark ON hadal.approval_event (thread_id, place) WHERE actor = 'hadal:mark';
DROP TRIGGER append_only ON hadal.approval_event;
CREATE TRIGGER append_only BEFORE UPDATE OR TRUNCATE ON hadal.approval_event
  FOR EACH STATEMENT EXECUTE FUNCTION hadal.refuse_change();
CREATE TRIGGER append_only_rows BEFORE DELETE ON hadal.approval_event
  FOR EACH ROW WHEN (OLD.actor IS DISTINCT FROM 'hadal:mark') EXECUTE FUNCTION hadal.refuse_change();

CREATE VIEW hadal.approval_audit AS
  SELECT entry.sequence, entry.at, entry.tenant, entry.thread_id, entry.digest, entry.place, entry.tool, entry.expires_at,
    CASE entry.event
      WHEN 'executed' THEN CASE WHEN EXISTS (
        SELECT 1 FROM hadal.approval_event AS ended WHERE ended.digest = entry.digest AND ended.event IN ('done', 'failed'))
        THEN 'begun' ELSE 'may have acted' END
      WHEN 'done' THEN 'executed'
      WHEN 'unused' THEN 'not executed'
      ELSE entry.event END AS event,
    entry.decision, entry.actor, entry.run_id, entry.runs_digest, entry.reason
  FROM hadal.approval_event AS entry WHERE entry.actor IS DISTINCT FROM 'hadal:mark';

-- Records the begin of an execution. The statement is one transaction: the checks of lease and approval and the record apply together or not at
-- all. The thread's lock is taken first, as in all transactions.
CREATE FUNCTION hadal.begin_call(
  of_tenant text, of_thread uuid, of_place text, of_execution integer, of_tool text, of_run uuid, of_attempt integer,
  -- For a call that needs an approval: digest of the question, digest of the call, and whether an earlier execution under it is continued.
  of_digest text, of_runs text, again boolean
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  answer hadal.approval_event;
  mark text := encode(sha256(convert_to(concat_ws(' ', of_tenant, of_thread, of_place, of_execution), 'UTF8')), 'hex');
BEGIN
  PERFORM 1 FROM hadal.thread WHERE thread_id = of_thread FOR KEY SHARE;
  IF NOT FOUND THEN RETURN 'lease_lost'; END IF;
  IF of_attempt IS NOT NULL THEN
    PERFORM 1 FROM pgboss.job WHERE name = 'run' AND id = of_run AND state = 'active' AND retry_count = of_attempt FOR SHARE;
    IF NOT FOUND THEN RETURN 'lease_lost'; END IF;
  END IF;
  IF of_digest IS NOT NULL THEN
    SELECT * INTO answer FROM hadal.approval_event WHERE event = 'decided' AND digest = of_digest ORDER BY sequence DESC LIMIT 1;
    IF answer.digest IS NULL OR answer.thread_id <> of_thread OR answer.place <> of_place OR answer.tenant <> of_tenant
      OR answer.decision NOT IN ('approve', 'edit') OR answer.runs_digest <> of_runs THEN RETURN 'undecided'; END IF;
    IF answer.at > answer.expires_at THEN RETURN 'expired'; END IF;
    IF EXISTS (SELECT 1 FROM hadal.approval_event WHERE digest = of_digest AND sequence > answer.sequence
      AND event IN ('refused', 'unused', 'withdrawn')) THEN RETURN 'undecided'; END IF;
  END IF;
  INSERT INTO hadal.tool_call (tenant, thread_id, place, execution, tool, run_id, attempt, digest)
    VALUES (of_tenant, of_thread, of_place, of_execution, of_tool, of_run, of_attempt, of_digest) ON CONFLICT DO NOTHING;
  IF NOT FOUND THEN RETURN 'used'; END IF;
  IF of_digest IS NOT NULL THEN
    INSERT INTO hadal.approval_event (event, digest, tenant, thread_id, place, tool, expires_at, run_id, runs_digest)
      VALUES ('executed', of_digest, of_tenant, of_thread, of_place, answer.tool, answer.expires_at, of_run, of_runs)
      ON CONFLICT DO NOTHING;
    IF NOT FOUND AND NOT again THEN
      DELETE FROM hadal.tool_call WHERE thread_id = of_thread AND place = of_place AND execution = of_execution;
      RETURN 'used';
    END IF;
  ELSE
    INSERT INTO hadal.approval_event (event, digest, tenant, thread_id, place, tool, expires_at, run_id, actor)
      SELECT marked, mark, of_tenant, of_thread, of_place, of_tool, clock_timestamp(), of_run, 'hadal:mark'
      FROM unnest(ARRAY['asked', 'executed']) AS marked ON CONFLICT DO NOTHING;
  END IF;
  RETURN 'begun';
END $$;
`
