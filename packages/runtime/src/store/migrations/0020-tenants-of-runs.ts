import { spending } from './0003-spending.ts'
import { toolCalls } from './0006-tool-calls.ts'
import { readyRuns } from './0009-ready-runs.ts'
import { saverFunctions } from './0010-saver-functions.ts'
import { eventLog } from './0011-event-log.ts'
import { reservationsAhead } from './0014-reservations-ahead.ts'
import { firstCalls } from './0015-first-calls.ts'
import { runFields } from './0017-run-fields.ts'
import { nextVersion, setsTenant } from './next-version.ts'

/** Runs of migration 17's functions on waiting runs, by the tenant of the run. */
const asVersion3 = [
  ['ready_thread_v1', 'ready_thread_v3'],
  ['head_of_thread_v1', 'head_of_thread_v3'],
] as const
/** Owner of the rows that a run writes. */
const ownerOfRun = '(SELECT owner FROM hadal.run WHERE run_id = of_run)'
/** Rows of events get the tenant and the owner of their run. */
const eventsOfRun = [
  ['hadal.run_event (run_id, sequence, event, data)', 'hadal.run_event (run_id, tenant, owner, sequence, event, data)'],
  ['SELECT of_run, added.sequence', `SELECT of_run, of_tenant, ${ownerOfRun}, added.sequence`],
] as const
const callsOfRun = [
  ['hadal.tool_call (tenant, thread_id', 'hadal.tool_call (owner, tenant, thread_id'],
  ['VALUES (of_tenant, of_thread, of_place', `VALUES (${ownerOfRun}, of_tenant, of_thread, of_place`],
] as const

/**
 * Part of the migration for owners: the functions of runs in versions for several tenants.
 *
 * A function that acts for one tenant has the tenant as its first parameter, and sets it for its transaction before it reads anything: row-level
 * security (migration 21) shows only rows of that tenant. Functions that act for all tenants are called by the role of the loops. The rows that a run
 * writes get the tenant and the owner of the run.
 *
 * Servers of the release before claim only runs of the tenant of a server without sign-in.
 */
export const tenantsOfRuns = `
-- The trigger gives each row the tenant and the owner of its run, also the rows of functions of earlier versions.
CREATE FUNCTION hadal.own_ready_run_v1() RETURNS trigger LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  ready record;
BEGIN
  SELECT tenant, owner INTO ready FROM hadal.run WHERE run_id = NEW.run_id;
  IF FOUND THEN
    NEW.tenant := ready.tenant;
    NEW.owner := ready.owner;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER own_ready_run BEFORE INSERT ON hadal.ready_run FOR EACH ROW EXECUTE FUNCTION hadal.own_ready_run_v1();
-- Claims serve all tenants, in the order of acceptance.
CREATE INDEX ready_run_of_all ON hadal.ready_run (ready_at);

${nextVersion(runFields, 'is_held_v1', 'is_held_v2', [
  ['  newest uuid;\n', '  newest uuid;\n  of_tenant text;\n'],
  [
    'PERFORM 1 FROM hadal.run WHERE run_id = of_run AND held',
    'SELECT tenant INTO of_tenant FROM hadal.run WHERE run_id = of_run AND held',
  ],
  ['  -- Jobs have no tenant: see migration 9.\n', ''],
  ["hadal.question_waits_v1('default', of_thread)", 'hadal.question_waits_v1(of_tenant, of_thread)'],
])}

${nextVersion(runFields, 'head_of_thread_v2', 'head_of_thread_v3', [['is_held_v1', 'is_held_v2']])}

${nextVersion(runFields, 'ready_thread_v2', 'ready_thread_v3', [['head_of_thread_v2', 'head_of_thread_v3']])}

${nextVersion(readyRuns, 'repair_ready_runs_v1', 'repair_ready_runs_v3', asVersion3)}

-- Only triggers call these two functions, so they have no versions of their own: see migration 17.
${nextVersion(readyRuns, 'job_changed_v1', 'job_changed_v1', [
  ['CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION'],
  ['ready_thread_v1', 'ready_thread_v3'],
  ['SET search_path = pg_catalog, pg_temp', 'SET search_path = pg_catalog, pg_temp SET enable_seqscan = off'],
])}
${nextVersion(runFields, 'interrupts_changed_v1', 'interrupts_changed_v1', [
  ['CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION'],
  ['ready_thread_v2', 'ready_thread_v3'],
])}

-- As claim_runs_v2, for the runs of all tenants. The row of a claimed run has its tenant.
${nextVersion(readyRuns, 'claim_runs_v1', 'claim_runs_v3', [
  ['(of_tenant text, of_instance uuid', '(of_instance uuid'],
  ['claimed_thread uuid, claimed_run uuid', 'claimed_tenant text, claimed_thread uuid, claimed_run uuid'],
  [
    'FOR claimed_thread IN\n      SELECT thread_id FROM',
    'FOR claimed_tenant, claimed_thread IN\n      SELECT tenant, thread_id FROM',
  ],
  ['WHERE tenant = of_tenant AND ready_at <= now()', 'WHERE ready_at <= now()'],
  [
    '(run_id, attempt, tenant, instance_id) VALUES (claimed_run, 0, of_tenant, of_instance)',
    '(run_id, attempt, tenant, owner, instance_id) VALUES (claimed_run, 0, started.tenant, started.owner, of_instance)',
  ],
  ['head_of_thread_v1', 'head_of_thread_v3'],
])}

-- As submit_run_v2, for a user of a tenant. A thread that the user may not see is answered like one that does not exist.
${nextVersion(runFields, 'submit_run_v2', 'submit_run_v3', [
  [
    '  of_tenant text, of_thread uuid,\n',
    `  of_tenant text, of_owner text,
  -- Threads that the user sees: "own", "waiting" (also those that wait for an answer) or "all".
  of_sees text,
  of_thread uuid,\n`,
  ],
  setsTenant,
  [
    'SELECT interrupts::text INTO shown FROM hadal.thread WHERE thread_id = of_thread FOR UPDATE',
    `SELECT interrupts::text INTO shown FROM hadal.thread
      WHERE thread_id = of_thread AND tenant = of_tenant
        AND (of_sees = 'all' OR owner = of_owner OR (of_sees = 'waiting' AND interrupts::text <> '{}')) FOR UPDATE`,
  ],
  ['hadal.thread (thread_id, status', 'hadal.thread (thread_id, tenant, owner, status'],
  ["VALUES (of_thread, 'busy'", "VALUES (of_thread, of_tenant, of_owner, 'busy'"],
  ['hadal.run (run_id, thread_id', 'hadal.run (run_id, tenant, owner, thread_id'],
  ['VALUES (of_run, of_thread, of_graph', 'VALUES (of_run, of_tenant, of_owner, of_thread, of_graph'],
  [
    '(run_id, attempt, tenant, instance_id) VALUES (of_run, 0, of_tenant, idle_instance)',
    '(run_id, attempt, tenant, owner, instance_id) VALUES (of_run, 0, of_tenant, of_owner, idle_instance)',
  ],
])}

-- As save_v1.
${nextVersion(saverFunctions, 'save_v1', 'save_v2', [
  ['  of_run uuid, of_attempt integer,\n', '  of_tenant text, of_run uuid, of_attempt integer,\n'],
  setsTenant,
  ...eventsOfRun,
])}

-- As end_run_v1.
${nextVersion(saverFunctions, 'end_run_v1', 'end_run_v2', [
  setsTenant,
  [
    'SELECT interrupts::text INTO shown FROM hadal.thread WHERE thread_id = of_thread FOR UPDATE',
    'SELECT interrupts::text INTO shown FROM hadal.thread WHERE thread_id = of_thread AND tenant = of_tenant FOR UPDATE',
  ],
  ...eventsOfRun,
])}

-- As append_events_v1.
${nextVersion(eventLog, 'append_events_v1', 'append_events_v2', [
  ['  of_run uuid, of_attempt integer, sequences', '  of_tenant text, of_run uuid, of_attempt integer, sequences'],
  setsTenant,
  ...eventsOfRun,
])}

-- As begin_call.
${nextVersion(toolCalls, 'begin_call', 'begin_call_v2', [
  ['LANGUAGE plpgsql AS', 'LANGUAGE plpgsql SECURITY INVOKER SET search_path = pg_catalog, pg_temp AS'],
  setsTenant,
  ...callsOfRun,
  ['hadal.approval_event (event, digest, tenant', 'hadal.approval_event (event, digest, owner, tenant'],
  ["VALUES ('executed', of_digest, of_tenant", `VALUES ('executed', of_digest, ${ownerOfRun}, of_tenant`],
  ['SELECT marked, mark, of_tenant', `SELECT marked, mark, ${ownerOfRun}, of_tenant`],
])}

-- As begin_first_call_v1.
${nextVersion(firstCalls, 'begin_first_call_v1', 'begin_first_call_v2', [setsTenant, ...callsOfRun])}

-- As settle_spending.
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
])}

-- As reserve_ahead_v1.
${nextVersion(reservationsAhead, 'reserve_ahead_v1', 'reserve_ahead_v2', [
  ['  of_reservation uuid, of_tenant text, of_thread uuid', '  of_tenant text, of_reservation uuid, of_thread uuid'],
  setsTenant,
  [
    'INSERT INTO hadal.thread_spending (thread_id) VALUES (of_thread) ON CONFLICT',
    'INSERT INTO hadal.thread_spending (thread_id, tenant, owner) VALUES (of_thread, of_tenant, (SELECT owner FROM hadal.thread WHERE thread_id = of_thread)) ON CONFLICT',
  ],
  [
    'INSERT INTO hadal.run_spending (run_id) VALUES (of_run) ON CONFLICT',
    `INSERT INTO hadal.run_spending (run_id, tenant, owner) VALUES (of_run, of_tenant, ${ownerOfRun}) ON CONFLICT`,
  ],
  ['hadal.reservation (reservation_id, tenant,', 'hadal.reservation (reservation_id, tenant, owner,'],
  ['VALUES (of_reservation, of_tenant,', `VALUES (of_reservation, of_tenant, ${ownerOfRun},`],
])}

-- As settle_ahead_v1.
${nextVersion(reservationsAhead, 'settle_ahead_v1', 'settle_ahead_v2', [
  ['hadal.settle_spending(', 'hadal.settle_spending_v2('],
])}
`
