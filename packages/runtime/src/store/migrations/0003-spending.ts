/**
 * Migration for budgets: the amounts that model calls have used, and the amounts that active calls have reserved. There is one row per run, per
 * thread, and per tenant and day; a call leaves no row of its own. Amounts of money are in billionths of a US dollar, in which every price of a
 * token is a whole number.
 */
export const spending = `
CREATE TABLE hadal.run_spending (
  run_id uuid PRIMARY KEY REFERENCES hadal.run ON DELETE CASCADE,
  tokens bigint NOT NULL DEFAULT 0,
  nano_usd bigint NOT NULL DEFAULT 0
);
CREATE TABLE hadal.thread_spending (
  thread_id uuid PRIMARY KEY REFERENCES hadal.thread ON DELETE CASCADE,
  tokens bigint NOT NULL DEFAULT 0,
  nano_usd bigint NOT NULL DEFAULT 0
);
-- The row outlives its threads: a deleted thread does not give its money back.
CREATE TABLE hadal.tenant_spending (
  tenant text NOT NULL,
  day date NOT NULL,
  tokens bigint NOT NULL DEFAULT 0,
  nano_usd bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant, day)
);

-- A reservation is valid only while its attempt has its lease: see live_reservation.
CREATE TABLE hadal.reservation (
  reservation_id uuid PRIMARY KEY,
  tenant text NOT NULL,
  thread_id uuid NOT NULL,
  run_id uuid NOT NULL,
  attempt integer NOT NULL,
  tokens bigint NOT NULL,
  nano_usd bigint NOT NULL
);
CREATE VIEW hadal.live_reservation AS
  SELECT reservation.* FROM hadal.reservation AS reservation
  JOIN pgboss.job AS job ON job.name = 'run' AND job.id = reservation.run_id
    AND job.state = 'active' AND job.retry_count = reservation.attempt;

CREATE FUNCTION hadal.today() RETURNS date STABLE LANGUAGE sql AS $$ SELECT (now() AT TIME ZONE 'utc')::date $$;

-- Locks are always taken in the order thread, run, tenant. All runs of a tenant use its lock, so it is held for the shortest time.
-- The used amount is added and the reservation is removed in one transaction, so that no reader sees only one of both.
CREATE FUNCTION hadal.settle_spending(
  of_tenant text, of_thread uuid, of_run uuid, used_tokens bigint, used_nano_usd bigint, reservations uuid[]
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  session bigint;
BEGIN
  -- No model call waits for a disk. If the database server crashes, amounts of the last moment (less than a second) may be lost.
  PERFORM set_config('synchronous_commit', 'off', true);
  INSERT INTO hadal.thread_spending AS account (thread_id, tokens, nano_usd)
    SELECT thread_id, used_tokens, used_nano_usd FROM hadal.thread WHERE thread_id = of_thread
    ON CONFLICT (thread_id) DO UPDATE SET tokens = account.tokens + used_tokens, nano_usd = account.nano_usd + used_nano_usd
    RETURNING account.tokens INTO session;
  INSERT INTO hadal.run_spending AS account (run_id, tokens, nano_usd)
    SELECT run_id, used_tokens, used_nano_usd FROM hadal.run WHERE run_id = of_run
    ON CONFLICT (run_id) DO UPDATE SET tokens = account.tokens + used_tokens, nano_usd = account.nano_usd + used_nano_usd;
  INSERT INTO hadal.tenant_spending AS account (tenant, day, tokens, nano_usd)
    VALUES (of_tenant, hadal.today(), used_tokens, used_nano_usd)
    ON CONFLICT (tenant, day) DO UPDATE SET tokens = account.tokens + used_tokens, nano_usd = account.nano_usd + used_nano_usd;
  DELETE FROM hadal.reservation WHERE reservation_id = ANY(reservations);
  RETURN session;
END $$;

-- Each statement of the function has its own snapshot: a sum after a lock was granted includes the writes of the lock's last holder.
CREATE FUNCTION hadal.reserve_spending(
  of_reservation uuid, of_tenant text, of_thread uuid, of_run uuid, of_attempt integer,
  least_tokens bigint, least_nano_usd bigint, most_tokens bigint, most_nano_usd bigint,
  -- {"thread": {"tokens": 1000, "nano_usd": null}, "run": …, "tenantPerDay": …}; a missing scope has no limit
  budgets jsonb
) RETURNS TABLE (
  verdict text, granted_tokens bigint, granted_nano_usd bigint,
  -- If nothing was reserved: the budget that the call exceeds.
  refused_scope text, refused_unit text, refused_bound bigint, refused_used bigint, refused_reserved bigint
) LANGUAGE plpgsql AS $$
DECLARE
  in_scope text;
  in_unit text;
  used_of jsonb;
  reserved_of jsonb;
  bound bigint;
  used bigint;
  reserved bigint;
  needed bigint;
BEGIN
  -- If the database server crashes, reservations of the last moment may be lost. So are the calls that made them, whose runs start again.
  PERFORM set_config('synchronous_commit', 'off', true);
  verdict := 'reserved';
  granted_tokens := most_tokens;
  granted_nano_usd := most_nano_usd;
  FOREACH in_scope IN ARRAY ARRAY['thread', 'run', 'tenantPerDay'] LOOP
    CONTINUE WHEN budgets->in_scope IS NULL;
    IF in_scope = 'thread' THEN
      INSERT INTO hadal.thread_spending (thread_id) VALUES (of_thread) ON CONFLICT DO NOTHING;
      SELECT to_jsonb(account) INTO used_of FROM hadal.thread_spending AS account WHERE thread_id = of_thread FOR UPDATE;
      SELECT jsonb_build_object('tokens', coalesce(sum(tokens), 0), 'nano_usd', coalesce(sum(nano_usd), 0))
        INTO reserved_of FROM hadal.live_reservation WHERE thread_id = of_thread;
    ELSIF in_scope = 'run' THEN
      INSERT INTO hadal.run_spending (run_id) VALUES (of_run) ON CONFLICT DO NOTHING;
      SELECT to_jsonb(account) INTO used_of FROM hadal.run_spending AS account WHERE run_id = of_run FOR UPDATE;
      SELECT jsonb_build_object('tokens', coalesce(sum(tokens), 0), 'nano_usd', coalesce(sum(nano_usd), 0))
        INTO reserved_of FROM hadal.live_reservation WHERE run_id = of_run;
    ELSE
      INSERT INTO hadal.tenant_spending (tenant, day) VALUES (of_tenant, hadal.today()) ON CONFLICT DO NOTHING;
      SELECT to_jsonb(account) INTO used_of FROM hadal.tenant_spending AS account
        WHERE tenant = of_tenant AND day = hadal.today() FOR UPDATE;
      SELECT jsonb_build_object('tokens', coalesce(sum(tokens), 0), 'nano_usd', coalesce(sum(nano_usd), 0))
        INTO reserved_of FROM hadal.live_reservation WHERE tenant = of_tenant;
    END IF;
    FOREACH in_unit IN ARRAY ARRAY['tokens', 'nano_usd'] LOOP
      bound := (budgets->in_scope->>in_unit)::bigint;
      CONTINUE WHEN bound IS NULL;
      used := (used_of->>in_unit)::bigint;
      reserved := (reserved_of->>in_unit)::bigint;
      needed := CASE in_unit WHEN 'tokens' THEN least_tokens ELSE least_nano_usd END;
      -- A budget without a remaining token refuses every call, even a free one.
      IF bound - used < greatest(needed, 1) OR (verdict = 'reserved' AND bound - used - reserved < greatest(needed, 1)) THEN
        verdict := CASE WHEN bound - used < greatest(needed, 1) THEN 'exceeded' ELSE 'busy' END;
        refused_scope := in_scope;
        refused_unit := in_unit;
        refused_bound := bound;
        refused_used := used;
        refused_reserved := reserved;
        IF verdict = 'exceeded' THEN
          RETURN NEXT;
          RETURN;
        END IF;
      END IF;
      IF in_unit = 'tokens' THEN granted_tokens := least(granted_tokens, bound - used - reserved);
      ELSE granted_nano_usd := least(granted_nano_usd, bound - used - reserved);
      END IF;
    END LOOP;
  END LOOP;
  IF verdict = 'reserved' THEN
    INSERT INTO hadal.reservation (reservation_id, tenant, thread_id, run_id, attempt, tokens, nano_usd)
      VALUES (of_reservation, of_tenant, of_thread, of_run, of_attempt, granted_tokens, granted_nano_usd);
  END IF;
  RETURN NEXT;
END $$;
`
