/**
 * Migration for functions with which a run reserves the amounts of its next model calls together with that of the first one, so that the
 * next calls need no statement before them. The functions of migration 3 stay: servers of the release before call them.
 */
export const reservationsAhead = `
-- Reserves like hadal.reserve_spending and, if the budgets have plenty left, in the same reservation the maximum amount of up to ahead_calls
-- further calls: at most half of what is left to the run and its thread, and at most a hundredth of what is left to the tenant, whose other runs
-- use the same budget.
CREATE FUNCTION hadal.reserve_ahead_v1(
  of_reservation uuid, of_tenant text, of_thread uuid, of_run uuid, of_attempt integer,
  least_tokens bigint, least_nano_usd bigint, most_tokens bigint, most_nano_usd bigint, ahead_calls bigint,
  -- Form of the budgets: see hadal.reserve_spending.
  budgets jsonb
) RETURNS TABLE (
  verdict text, granted_tokens bigint, granted_nano_usd bigint,
  refused_scope text, refused_unit text, refused_bound bigint, refused_used bigint, refused_reserved bigint
) LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  in_scope text;
  used_tokens bigint;
  used_nano_usd bigint;
  reserved_tokens bigint;
  reserved_nano_usd bigint;
  in_unit text;
  bound bigint;
  used bigint;
  reserved bigint;
  needed bigint;
  wanted bigint;
BEGIN
  -- No model call waits for a disk: see hadal.reserve_spending.
  PERFORM set_config('synchronous_commit', 'off', true);
  verdict := 'reserved';
  granted_tokens := most_tokens;
  granted_nano_usd := most_nano_usd;
  FOREACH in_scope IN ARRAY ARRAY['thread', 'run', 'tenantPerDay'] LOOP
    CONTINUE WHEN budgets->in_scope IS NULL;
    IF in_scope = 'thread' THEN
      INSERT INTO hadal.thread_spending (thread_id) VALUES (of_thread) ON CONFLICT DO NOTHING;
      SELECT tokens, nano_usd INTO used_tokens, used_nano_usd FROM hadal.thread_spending WHERE thread_id = of_thread FOR UPDATE;
      SELECT coalesce(sum(tokens), 0), coalesce(sum(nano_usd), 0) INTO reserved_tokens, reserved_nano_usd
        FROM hadal.live_reservation WHERE thread_id = of_thread;
    ELSIF in_scope = 'run' THEN
      INSERT INTO hadal.run_spending (run_id) VALUES (of_run) ON CONFLICT DO NOTHING;
      SELECT tokens, nano_usd INTO used_tokens, used_nano_usd FROM hadal.run_spending WHERE run_id = of_run FOR UPDATE;
      SELECT coalesce(sum(tokens), 0), coalesce(sum(nano_usd), 0) INTO reserved_tokens, reserved_nano_usd
        FROM hadal.live_reservation WHERE run_id = of_run;
    ELSE
      INSERT INTO hadal.tenant_spending (tenant, day) VALUES (of_tenant, hadal.today()) ON CONFLICT DO NOTHING;
      SELECT tokens, nano_usd INTO used_tokens, used_nano_usd FROM hadal.tenant_spending
        WHERE tenant = of_tenant AND day = hadal.today() FOR UPDATE;
      SELECT coalesce(sum(tokens), 0), coalesce(sum(nano_usd), 0) INTO reserved_tokens, reserved_nano_usd
        FROM hadal.live_reservation WHERE tenant = of_tenant;
    END IF;
    FOREACH in_unit IN ARRAY ARRAY['tokens', 'nano_usd'] LOOP
      bound := (budgets->in_scope->>in_unit)::bigint;
      CONTINUE WHEN bound IS NULL;
      used := CASE in_unit WHEN 'tokens' THEN used_tokens ELSE used_nano_usd END;
      reserved := CASE in_unit WHEN 'tokens' THEN reserved_tokens ELSE reserved_nano_usd END;
      needed := CASE in_unit WHEN 'tokens' THEN least_tokens ELSE least_nano_usd END;
      wanted := CASE in_unit WHEN 'tokens' THEN most_tokens ELSE most_nano_usd END;
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
      IF wanted > 0 THEN
        ahead_calls := greatest(0, least(ahead_calls,
          (bound - used - reserved - wanted) / (wanted * CASE in_scope WHEN 'tenantPerDay' THEN 100 ELSE 2 END)));
      END IF;
    END LOOP;
  END LOOP;
  IF verdict = 'reserved' THEN
    granted_tokens := granted_tokens + ahead_calls * most_tokens;
    granted_nano_usd := granted_nano_usd + ahead_calls * most_nano_usd;
    INSERT INTO hadal.reservation (reservation_id, tenant, thread_id, run_id, attempt, tokens, nano_usd)
      VALUES (of_reservation, of_tenant, of_thread, of_run, of_attempt, granted_tokens, granted_nano_usd);
  END IF;
  RETURN NEXT;
END $$;

-- Adds used amounts and deletes reservations like hadal.settle_spending, and takes the amounts of ended calls out of reservations that further
-- calls use. All in one transaction, so that no reader sees an amount twice or not at all.
CREATE FUNCTION hadal.settle_ahead_v1(
  of_tenant text, of_thread uuid, of_run uuid, used_tokens bigint, used_nano_usd bigint, released uuid[],
  drawn uuid[], drawn_tokens bigint[], drawn_nano_usd bigint[]
) RETURNS bigint LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  session bigint := hadal.settle_spending(of_tenant, of_thread, of_run, used_tokens, used_nano_usd, released);
BEGIN
  UPDATE hadal.reservation AS held
    SET tokens = greatest(0, held.tokens - call.tokens), nano_usd = greatest(0, held.nano_usd - call.nano_usd)
    FROM unnest(drawn, drawn_tokens, drawn_nano_usd) AS call (reservation_id, tokens, nano_usd)
    WHERE held.reservation_id = call.reservation_id AND held.tenant = of_tenant;
  RETURN session;
END $$;
`
