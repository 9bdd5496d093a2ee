import { toolCalls } from './0006-tool-calls.ts'
import { readyRuns } from './0009-ready-runs.ts'
import { saverFunctions } from './0010-saver-functions.ts'
import { eventLog } from './0011-event-log.ts'
import { firstCalls } from './0015-first-calls.ts'
import { runFields } from './0017-run-fields.ts'
import { nextVersion, setsTenant } from './next-version.ts'

/** Changes for {@link nextVersion}: the function calls the third versions of the functions of migration 9. */
const asVersion3 = [
  ['ready_thread_v1', 'ready_thread_v3'],
  ['head_of_thread_v1', 'head_of_thread_v3'],
] as const
/** SQL of the owner of the rows that a run writes. */
export const ownerOfRun = '(SELECT owner FROM hadal.run WHERE run_id = of_run)'
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
 * writes get the tenant and the owner of the run. Migration 24 adds the functions that claim and accept runs and those that spend budgets, together
 * with the limits of tenants and users.
 *
 * Servers of the release before claim only runs of the tenant of a server without sign-in.
 */
export const tenantsOfRuns = `
-- The numbers of the queue, and idle processes that look for work, read the waiting runs of all tenants.
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
])}
${nextVersion(runFields, 'interrupts_changed_v1', 'interrupts_changed_v1', [
  ['CREATE FUNCTION', 'CREATE OR REPLACE FUNCTION'],
  ['ready_thread_v2', 'ready_thread_v3'],
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
`
