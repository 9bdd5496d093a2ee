import { spending } from './0003-spending.ts'
import { readyRuns } from './0009-ready-runs.ts'
import { reservationsAhead } from './0014-reservations-ahead.ts'
import { runFields } from './0017-run-fields.ts'
import { ownerOfRun } from './0020-tenants-of-runs.ts'
import { nextVersion, setsTenant } from './next-version.ts'

/** SQL of the runs that workers execute now, as `active`. The condition on the policy is that of pg-boss's index of active jobs. */
const activeRuns = `pgboss.job AS job JOIN hadal.run AS active ON active.run_id = job.id
      WHERE job.name = 'run' AND job.state = 'active' AND job.policy = 'key_strict_fifo'`

/**
 * Migration for the limits of tenants and users: numbers of running and of waiting runs, and budgets per user and day.
 *
 * A claim takes its runs from the tenants in turn, so that one tenant with many waiting runs does not hold up the others, and passes over tenants and
 * users at their limit. It must not read their waiting runs: it walks over the tenants that have a run to start, by an index in which it skips from one
 * tenant to the next, and over at most 100 of them, from a random one. With a limit for users it walks over the users of a tenant in the same way. So
 * its cost does not depend on the number of waiting runs.
 *
 * A run that is scheduled for later has no lane until its time has come. Otherwise the walk would pass tenants that have only such runs.
 *
 * The functions that claim and accept runs, and those that spend budgets, get the tenant of migration 20 and these limits in one version.
 */
export const tenantLimits = `
LOCK TABLE hadal.ready_run IN ACCESS EXCLUSIVE MODE;
ALTER TABLE hadal.ready_run
  -- Places of the tenant and of the user in the walk of a claim. The lane is NULL for a run that is scheduled for later.
  ADD COLUMN lane integer,
  ADD COLUMN user_lane integer;
CREATE INDEX ready_run_in_lanes ON hadal.ready_run (lane, tenant, user_lane, coalesce(owner, ''), ready_at) WHERE lane IS NOT NULL;
CREATE INDEX ready_run_without_lane ON hadal.ready_run (ready_at) WHERE lane IS NULL;

-- The trigger gives each row the tenant and the owner of its run, also the rows of functions of earlier versions, and its lanes.
CREATE FUNCTION hadal.own_ready_run_v1() RETURNS trigger LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  ready record;
BEGIN
  IF TG_OP = 'INSERT' OR NEW.run_id <> OLD.run_id THEN
    SELECT tenant, owner INTO ready FROM hadal.run WHERE run_id = NEW.run_id;
    IF FOUND THEN
      NEW.tenant := ready.tenant;
      NEW.owner := ready.owner;
    END IF;
  END IF;
  NEW.lane := CASE WHEN NEW.ready_at <= clock_timestamp() THEN hashtext(NEW.tenant) END;
  NEW.user_lane := hashtext(coalesce(NEW.owner, ''));
  RETURN NEW;
END $$;
CREATE TRIGGER own_ready_run BEFORE INSERT OR UPDATE OF run_id, ready_at ON hadal.ready_run
  FOR EACH ROW EXECUTE FUNCTION hadal.own_ready_run_v1();
UPDATE hadal.ready_run SET ready_at = ready_at;

-- Key of the advisory lock of a tenant, with 4819238 as its first part. While a limit of running runs is set, a transaction starts runs of the tenant
-- only under this lock, so that two of them do not count at the same time. It is only tried, so nobody waits for it.
CREATE FUNCTION hadal.lock_tenant_v1(of_tenant text) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$ SELECT pg_try_advisory_xact_lock(4819238, hashtext(of_tenant)) $$;

-- Whether a run of a user may start now. False also if another transaction starts runs of the tenant at this moment: the run then waits in the queue.
CREATE FUNCTION hadal.may_start_v1(of_tenant text, of_owner text, per_tenant integer, per_user integer) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
  running record;
BEGIN
  IF per_tenant IS NULL AND (per_user IS NULL OR of_owner IS NULL) THEN RETURN true; END IF;
  IF NOT hadal.lock_tenant_v1(of_tenant) THEN RETURN false; END IF;
  SELECT count(*) AS of_tenant, count(*) FILTER (WHERE active.owner = of_owner) AS of_user INTO running
    FROM ${activeRuns} AND active.tenant = may_start_v1.of_tenant;
  RETURN running.of_tenant < coalesce(per_tenant, 2147483647) AND (of_owner IS NULL OR running.of_user < coalesce(per_user, 2147483647));
END $$;

-- The limit of waiting runs that a further run would exceed: "tenant" or "user". NULL: none. Two transactions that count at the same time may both
-- find the last place.
CREATE FUNCTION hadal.full_queue_v1(of_tenant text, of_owner text, per_tenant integer, per_user integer) RETURNS text
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = pg_catalog, pg_temp SET enable_seqscan = off AS $$
DECLARE
  waiting bigint;
BEGIN
  IF per_tenant IS NOT NULL THEN
    SELECT count(*) INTO waiting FROM (SELECT 1 FROM hadal.run WHERE tenant = of_tenant AND status = 'pending' LIMIT per_tenant) AS counted;
    IF waiting >= per_tenant THEN RETURN 'tenant'; END IF;
  END IF;
  IF per_user IS NOT NULL AND of_owner IS NOT NULL THEN
    SELECT count(*) INTO waiting FROM (
      SELECT 1 FROM hadal.run WHERE tenant = of_tenant AND owner = of_owner AND status = 'pending' LIMIT per_user) AS counted;
    IF waiting >= per_user THEN RETURN 'user'; END IF;
  END IF;
  RETURN NULL;
END $$;

-- Locks and returns up to "most" rows of hadal.ready_run that a claim may take: the oldest of each tenant, the same number of each. Tenants with the
-- fewest running runs come first, in random order if their numbers are equal: in the order of age, the tenant with the most waiting runs would always
-- come first. A row without a thread says why there are fewer: "limited", a limit forbids a start; "busy", another transaction starts runs of a tenant
-- at this moment.
CREATE FUNCTION hadal.next_ready_v1(most integer, per_tenant integer, per_user integer, passed uuid[])
RETURNS TABLE (ready_tenant text, ready_thread uuid, reason text)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
  most_looked CONSTANT integer := 100;
  first_lane CONSTANT integer := (random() * 4294967295 - 2147483648)::integer;
  wraps boolean := false;
  seen record;
  tenants text[] := '{}';
  locked text[] := '{}';
  number_waiting integer;
  found_rows integer;
  share integer;
  users record;
BEGIN
  -- A scheduled run whose time has come gets its lane.
  UPDATE hadal.ready_run SET ready_at = ready_at WHERE thread_id IN (
    SELECT thread_id FROM hadal.ready_run WHERE lane IS NULL AND ready_at <= now() ORDER BY ready_at LIMIT 1000 FOR UPDATE SKIP LOCKED);
  SELECT first_lane AS lane, ''::text AS tenant INTO seen;
  WHILE cardinality(tenants) < most_looked LOOP
    SELECT ready.lane, ready.tenant INTO seen FROM hadal.ready_run AS ready
      WHERE ready.lane IS NOT NULL AND (ready.lane, ready.tenant) > (seen.lane, seen.tenant) ORDER BY ready.lane, ready.tenant LIMIT 1;
    IF seen.tenant IS NULL AND NOT wraps THEN
      wraps := true;
      SELECT -2147483648 AS lane, ''::text AS tenant INTO seen;
      CONTINUE;
    END IF;
    EXIT WHEN seen.tenant IS NULL OR (wraps AND seen.lane >= first_lane);
    tenants := tenants || seen.tenant;
  END LOOP;
  IF tenants = '{}' THEN RETURN; END IF;
  IF cardinality(tenants) = 1 AND per_tenant IS NULL AND per_user IS NULL THEN
    RETURN QUERY SELECT tenant, thread_id, NULL::text FROM hadal.ready_run
      WHERE tenant = tenants[1] AND ready_at <= now() AND thread_id <> ALL (passed) ORDER BY ready_at LIMIT most FOR UPDATE SKIP LOCKED;
    RETURN;
  END IF;
  number_waiting := cardinality(tenants);
  -- The tenants in the order of their turns, as they are before they are locked.
  SELECT array_agg(waiting.tenant ORDER BY waiting.running, random()) INTO tenants FROM (
    SELECT name AS tenant, coalesce(of_tenant.running, 0) AS running
    FROM unnest(tenants) AS name
    LEFT JOIN (SELECT active.tenant, count(*) AS running FROM ${activeRuns} GROUP BY active.tenant) AS of_tenant ON of_tenant.tenant = name
    ) AS waiting WHERE waiting.running < coalesce(per_tenant, 2147483647);
  IF per_tenant IS NOT NULL OR per_user IS NOT NULL THEN
    IF tenants IS NULL THEN reason := 'limited'; RETURN NEXT; RETURN; END IF;
    IF cardinality(tenants) < number_waiting THEN reason := 'limited'; END IF;
    FOREACH ready_tenant IN ARRAY tenants[1:most] LOOP
      IF hadal.lock_tenant_v1(ready_tenant) THEN locked := locked || ready_tenant; ELSE reason := 'busy'; END IF;
    END LOOP;
    tenants := locked;
  END IF;
  FOR seen IN
    SELECT name AS tenant, coalesce(of_tenant.running, 0)::integer AS running, of_tenant.of_users
    FROM unnest(tenants) WITH ORDINALITY AS turn (name, number)
    LEFT JOIN (
      SELECT of_user.tenant, sum(of_user.running) AS running, jsonb_object_agg(of_user.owner, of_user.running) AS of_users FROM (
        SELECT active.tenant, coalesce(active.owner, '') AS owner, count(*) AS running FROM ${activeRuns} AND active.tenant = ANY (tenants)
        GROUP BY active.tenant, coalesce(active.owner, '')) AS of_user
      GROUP BY of_user.tenant) AS of_tenant ON of_tenant.tenant = name
    ORDER BY turn.number
  LOOP
    EXIT WHEN most <= 0;
    share := least(greatest(most / cardinality(tenants), 1), per_tenant - seen.running);
    IF share <= 0 THEN reason := coalesce(reason, 'limited'); CONTINUE; END IF;
    IF per_user IS NULL THEN
      RETURN QUERY SELECT tenant, thread_id, NULL::text FROM hadal.ready_run
        WHERE tenant = seen.tenant AND ready_at <= now() AND thread_id <> ALL (passed) ORDER BY ready_at LIMIT share FOR UPDATE SKIP LOCKED;
      GET DIAGNOSTICS found_rows = ROW_COUNT;
      most := most - found_rows;
    ELSE
      FOR users IN
        SELECT waits.owner, least(greatest(share / count(*) OVER (), 1), CASE WHEN waits.owner = '' THEN share ELSE waits.allowed END)::integer AS allowed
        FROM (SELECT name AS owner, per_user - coalesce((seen.of_users->>name)::integer, 0) AS allowed, head
          FROM hadal.waiting_users_v1(seen.tenant, first_lane, most_looked)) AS waits
        ORDER BY waits.head
      LOOP
        EXIT WHEN share <= 0;
        IF users.allowed <= 0 THEN reason := coalesce(reason, 'limited'); CONTINUE; END IF;
        RETURN QUERY SELECT tenant, thread_id, NULL::text FROM hadal.ready_run
          WHERE lane = hashtext(seen.tenant) AND tenant = seen.tenant AND user_lane = hashtext(users.owner) AND coalesce(owner, '') = users.owner
            AND ready_at <= now() AND thread_id <> ALL (passed)
          ORDER BY ready_at LIMIT least(users.allowed, share) FOR UPDATE SKIP LOCKED;
        GET DIAGNOSTICS found_rows = ROW_COUNT;
        share := share - found_rows;
        most := most - found_rows;
      END LOOP;
    END IF;
  END LOOP;
  IF most > 0 AND reason IS NOT NULL THEN
    ready_tenant := NULL;
    ready_thread := NULL;
    RETURN NEXT;
  END IF;
END $$;

-- The users of a tenant with a run that may start, up to "most" of them from a lane on, each with the time of the oldest run. The name of no user is ''.
CREATE FUNCTION hadal.waiting_users_v1(of_tenant text, first_lane integer, most integer) RETURNS TABLE (name text, head timestamptz)
LANGUAGE plpgsql VOLATILE SECURITY INVOKER SET search_path = pg_catalog, pg_temp
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off AS $$
DECLARE
  at_lane integer := first_lane;
  wraps boolean := false;
  looked integer := 0;
BEGIN
  name := '';
  WHILE looked < most LOOP
    SELECT ready.user_lane, coalesce(ready.owner, ''), ready.ready_at INTO at_lane, name, head FROM hadal.ready_run AS ready
      WHERE ready.lane = hashtext(of_tenant) AND ready.tenant = of_tenant
        AND (ready.user_lane, coalesce(ready.owner, '')) > (at_lane, name)
      ORDER BY ready.user_lane, coalesce(ready.owner, ''), ready.ready_at LIMIT 1;
    IF name IS NULL AND NOT wraps THEN
      wraps := true;
      at_lane := -2147483648;
      name := '';
      CONTINUE;
    END IF;
    EXIT WHEN name IS NULL OR (wraps AND at_lane >= first_lane);
    looked := looked + 1;
    RETURN NEXT;
  END LOOP;
END $$;

-- As claim_runs_v2, for the runs of all tenants, with limits of running runs; NULL: none. The row of a claimed run has its tenant. A further kind of
-- rows in the answer: "limited", runs wait because of a limit.
${nextVersion(readyRuns, 'claim_runs_v1', 'claim_runs_v3', [
  [
    '(of_tenant text, of_instance uuid, most integer)',
    '(of_instance uuid, most integer, per_tenant integer, per_user integer)',
  ],
  ['claimed_thread uuid, claimed_run uuid', 'claimed_tenant text, claimed_thread uuid, claimed_run uuid'],
  ['claimed integer := 0;', 'claimed integer := 0;\n  reason text;'],
  ['cardinality(passed) < 50', 'cardinality(passed) - claimed < 50'],
  [
    `FOR claimed_thread IN
      SELECT thread_id FROM hadal.ready_run WHERE tenant = of_tenant AND ready_at <= now() AND thread_id <> ALL (passed)
      ORDER BY ready_at LIMIT most - claimed FOR UPDATE SKIP LOCKED`,
    `FOR claimed_tenant, claimed_thread, reason IN
      SELECT * FROM hadal.next_ready_v1(most - claimed, per_tenant, per_user, passed)`,
  ],
  [
    '      looking := true;\n      kind := ',
    `      IF claimed_thread IS NULL THEN
        kind := reason;
        claimed_run := NULL;
        RETURN NEXT;
        CONTINUE;
      END IF;
      looking := true;
      kind := `,
  ],
  [
    '(run_id, attempt, tenant, instance_id) VALUES (claimed_run, 0, of_tenant, of_instance)',
    '(run_id, attempt, tenant, owner, instance_id) VALUES (claimed_run, 0, started.tenant, started.owner, of_instance)',
  ],
  ['head_of_thread_v1', 'head_of_thread_v3'],
])}

-- As submit_run_v2, for a user of a tenant, with limits of running and of waiting runs; NULL: none. A thread that the user may not see is answered like
-- one that does not exist. Further verdicts, for which nothing is written: "full_tenant" and "full_user", the tenant or the user has the maximum number
-- of waiting runs.
${nextVersion(runFields, 'submit_run_v2', 'submit_run_v3', [
  [
    '  of_tenant text, of_thread uuid,\n',
    `  of_tenant text, of_owner text,
  -- Threads that the user sees: "own", "waiting" (also those that wait for an answer) or "all".
  of_sees text,
  of_thread uuid,\n`,
  ],
  [
    '  idle_instance uuid\n)',
    `  idle_instance uuid,
  running_per_tenant integer, running_per_user integer, waiting_per_tenant integer, waiting_per_user integer
)`,
  ],
  setsTenant,
  [
    "  verdict := 'unknown_thread';\n",
    `  verdict := 'full_' || hadal.full_queue_v1(of_tenant, of_owner, waiting_per_tenant, waiting_per_user);
  IF verdict IS NOT NULL THEN RETURN NEXT; RETURN; END IF;
  verdict := 'unknown_thread';
`,
  ],
  [
    'SELECT interrupts::text INTO shown FROM hadal.thread WHERE thread_id = of_thread FOR UPDATE',
    `SELECT interrupts::text INTO shown FROM hadal.thread
      WHERE thread_id = of_thread AND tenant = of_tenant
        AND (of_sees = 'all' OR owner = of_owner OR (of_sees = 'waiting' AND interrupts::text <> '{}')) FOR UPDATE`,
  ],
  ['hadal.thread (thread_id, status', 'hadal.thread (thread_id, tenant, owner, status'],
  ["VALUES (of_thread, 'busy'", "VALUES (of_thread, of_tenant, of_owner, 'busy'"],
  [
    '  -- The column log_form is added by migration 0011.\n',
    `  starts := starts AND hadal.may_start_v1(of_tenant, of_owner, running_per_tenant, running_per_user);
  -- The column log_form is added by migration 0011.
`,
  ],
  ['hadal.run (run_id, thread_id', 'hadal.run (run_id, tenant, owner, thread_id'],
  ['VALUES (of_run, of_thread, of_graph', 'VALUES (of_run, of_tenant, of_owner, of_thread, of_graph'],
  [
    '(run_id, attempt, tenant, instance_id) VALUES (of_run, 0, of_tenant, idle_instance)',
    '(run_id, attempt, tenant, owner, instance_id) VALUES (of_run, 0, of_tenant, of_owner, idle_instance)',
  ],
])}

-- Amounts that the runs of a user have used in a day.
CREATE TABLE hadal.user_spending (
  tenant text NOT NULL,
  owner text NOT NULL,
  day date NOT NULL,
  tokens bigint NOT NULL DEFAULT 0,
  nano_usd bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, owner, day)
);
-- Only the removal of old rows reads it.
CREATE INDEX user_spending_by_day ON hadal.user_spending (day);
-- The view gets the column that migration 20 added to its table.
CREATE OR REPLACE VIEW hadal.live_reservation WITH (security_invoker = true) AS
  SELECT reservation.* FROM hadal.reservation AS reservation
  JOIN pgboss.job AS job ON job.name = 'run' AND job.id = reservation.run_id
    AND job.state = 'active' AND job.retry_count = reservation.attempt;

-- As settle_spending, also for the day of the user who started the run. Locks are taken in the order thread, run, user, tenant.
${nextVersion(spending, 'settle_spending', 'settle_spending_v2', [
  ['LANGUAGE plpgsql AS', 'LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS'],
  setsTenant,
  ['account (thread_id, tokens, nano_usd)', 'account (thread_id, tenant, owner, tokens, nano_usd)'],
  [
    'SELECT thread_id, used_tokens, used_nano_usd FROM hadal.thread',
    'SELECT thread_id, tenant, owner, used_tokens, used_nano_usd FROM hadal.thread',
  ],
  ['account (run_id, tokens, nano_usd)', 'account (run_id, tenant, owner, tokens, nano_usd)'],
  [
    'SELECT run_id, used_tokens, used_nano_usd FROM hadal.run',
    'SELECT run_id, tenant, owner, used_tokens, used_nano_usd FROM hadal.run',
  ],
  [
    '  INSERT INTO hadal.tenant_spending AS account',
    `  INSERT INTO hadal.user_spending AS account (tenant, owner, day, tokens, nano_usd)
    SELECT of_tenant, owner, hadal.today(), used_tokens, used_nano_usd FROM hadal.run WHERE run_id = of_run AND owner IS NOT NULL
    ON CONFLICT (tenant, owner, day)
      DO UPDATE SET tokens = account.tokens + used_tokens, nano_usd = account.nano_usd + used_nano_usd;
  INSERT INTO hadal.tenant_spending AS account`,
  ],
])}

-- As reserve_ahead_v1, with the scope userPerDay. It has no effect on the run of no user.
${nextVersion(reservationsAhead, 'reserve_ahead_v1', 'reserve_ahead_v2', [
  ['  of_reservation uuid, of_tenant text, of_thread uuid', '  of_tenant text, of_reservation uuid, of_thread uuid'],
  ['  in_scope text;\n', '  in_scope text;\n  of_owner text;\n'],
  setsTenant,
  [
    "['thread', 'run', 'tenantPerDay'] LOOP\n    CONTINUE WHEN budgets->in_scope IS NULL;\n",
    `['thread', 'run', 'userPerDay', 'tenantPerDay'] LOOP
    CONTINUE WHEN budgets->in_scope IS NULL;
    IF in_scope = 'userPerDay' THEN
      SELECT owner INTO of_owner FROM hadal.run WHERE run_id = of_run;
      CONTINUE WHEN of_owner IS NULL;
    END IF;
`,
  ],
  [
    'INSERT INTO hadal.thread_spending (thread_id) VALUES (of_thread) ON CONFLICT',
    'INSERT INTO hadal.thread_spending (thread_id, tenant, owner) VALUES (of_thread, of_tenant, (SELECT owner FROM hadal.thread WHERE thread_id = of_thread)) ON CONFLICT',
  ],
  [
    'INSERT INTO hadal.run_spending (run_id) VALUES (of_run) ON CONFLICT',
    `INSERT INTO hadal.run_spending (run_id, tenant, owner) VALUES (of_run, of_tenant, ${ownerOfRun}) ON CONFLICT`,
  ],
  [
    '    ELSE\n      INSERT INTO hadal.tenant_spending',
    `    ELSIF in_scope = 'userPerDay' THEN
      INSERT INTO hadal.user_spending (tenant, owner, day) VALUES (of_tenant, of_owner, hadal.today()) ON CONFLICT DO NOTHING;
      SELECT tokens, nano_usd INTO used_tokens, used_nano_usd FROM hadal.user_spending
        WHERE tenant = of_tenant AND owner = of_owner AND day = hadal.today() FOR UPDATE;
      SELECT coalesce(sum(tokens), 0), coalesce(sum(nano_usd), 0) INTO reserved_tokens, reserved_nano_usd
        FROM hadal.live_reservation WHERE tenant = of_tenant AND owner = of_owner;
    ELSE
      INSERT INTO hadal.tenant_spending`,
  ],
  [
    "CASE in_scope WHEN 'tenantPerDay' THEN 100 ELSE 2 END",
    "CASE WHEN in_scope IN ('userPerDay', 'tenantPerDay') THEN 100 ELSE 2 END",
  ],
  ['hadal.reservation (reservation_id, tenant,', 'hadal.reservation (reservation_id, tenant, owner,'],
  ['VALUES (of_reservation, of_tenant,', `VALUES (of_reservation, of_tenant, ${ownerOfRun},`],
])}

-- As settle_ahead_v1.
${nextVersion(reservationsAhead, 'settle_ahead_v1', 'settle_ahead_v2', [
  ['hadal.settle_spending(', 'hadal.settle_spending_v2('],
])}
`
