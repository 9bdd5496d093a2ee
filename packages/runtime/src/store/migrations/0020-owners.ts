import { tenantsOfRuns } from './0020-tenants-of-runs.ts'

/**
 * Migration for the owners of objects: every row of a tenant has the tenant and the user who owns it. What exists belongs to the tenant of a server
 * without sign-in and to no user, and so does what a server of the release before writes: `hadal-runtime assign` gives it to a user.
 *
 * A constant default does not rewrite the table.
 */
export const owners = `
-- Takes its locks in the order of the servers' transactions, each at once in its strongest mode: see 0005.
LOCK TABLE hadal.thread, hadal.run, hadal.run_event, hadal.approval_event, hadal.ready_run, hadal.thread_spending, hadal.run_spending,
  hadal.tenant_spending, hadal.reservation IN ACCESS EXCLUSIVE MODE;
ALTER TABLE hadal.thread ADD COLUMN tenant text NOT NULL DEFAULT 'default', ADD COLUMN owner text;
-- The owner of a run is the user who started it.
ALTER TABLE hadal.run ADD COLUMN tenant text NOT NULL DEFAULT 'default', ADD COLUMN owner text;
ALTER TABLE hadal.run_event ADD COLUMN tenant text NOT NULL DEFAULT 'default', ADD COLUMN owner text;
ALTER TABLE hadal.approval_event ADD COLUMN owner text;
ALTER TABLE hadal.thread_spending ADD COLUMN tenant text NOT NULL DEFAULT 'default', ADD COLUMN owner text;
ALTER TABLE hadal.run_spending ADD COLUMN tenant text NOT NULL DEFAULT 'default', ADD COLUMN owner text;
ALTER TABLE hadal.tenant_spending ADD COLUMN owner text;
ALTER TABLE hadal.reservation ADD COLUMN owner text;
${tenantsOfRuns}`
