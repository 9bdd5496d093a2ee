/**
 * Migration for a function that begins the first execution of a tool call in one round trip. Servers of the release before, which read
 * `hadal.tool_call`, need no mark of it in `hadal.approval_event`: see migration 6.
 */
export const firstCalls = `
-- Records the begin of the first execution of a call without an approval. Returns 'begun', 'lease_lost', or 'known' if a question or an execution
-- of the call is recorded; then nothing has begun. The locks are those of hadal.begin_call.
CREATE FUNCTION hadal.begin_first_call_v1(
  of_tenant text, of_thread uuid, of_place text, of_tool text, of_run uuid, of_attempt integer
) RETURNS text LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM 1 FROM hadal.thread WHERE thread_id = of_thread FOR KEY SHARE;
  IF NOT FOUND THEN RETURN 'lease_lost'; END IF;
  IF of_attempt IS NOT NULL THEN
    PERFORM 1 FROM pgboss.job WHERE name = 'run' AND id = of_run AND state = 'active' AND retry_count = of_attempt FOR SHARE;
    IF NOT FOUND THEN RETURN 'lease_lost'; END IF;
  END IF;
  PERFORM 1 FROM hadal.approval_event WHERE event = 'asked' AND thread_id = of_thread AND place = of_place AND tenant = of_tenant;
  IF FOUND THEN RETURN 'known'; END IF;
  PERFORM 1 FROM hadal.tool_call WHERE thread_id = of_thread AND place = of_place AND tenant = of_tenant;
  IF FOUND THEN RETURN 'known'; END IF;
  INSERT INTO hadal.tool_call (tenant, thread_id, place, execution, tool, run_id, attempt)
    VALUES (of_tenant, of_thread, of_place, 1, of_tool, of_run, of_attempt) ON CONFLICT DO NOTHING;
  RETURN CASE WHEN FOUND THEN 'begun' ELSE 'known' END;
END $$;
`
