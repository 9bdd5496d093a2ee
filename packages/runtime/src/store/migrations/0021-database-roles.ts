/**
 * Migration for database roles: row-level security shows a role that does not own the tables only the rows of the tenant that its transaction has set
 * (`hadal.tenant`); without a tenant it sees none. The role that owns the tables (migrations, backup, restore) is not restricted, and neither are
 * servers of the release before, which connect as that role.
 *
 * `store/protect-tables.ts` enables row-level security on each table, also of later migrations.
 */
export const databaseRoles = `
-- The tables of a view are read with the rights of the role that reads the view, not of the view's owner.
ALTER VIEW hadal.live_reservation SET (security_invoker = true);
ALTER VIEW hadal.approval_audit SET (security_invoker = true);
`
