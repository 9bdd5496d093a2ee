import type { Queryable } from '../transaction.ts'

/** Whether row-level security applies to the role of the connection. */
export async function rowSecurityIsActive(database: Queryable): Promise<boolean> {
  const { rows } = await database.query<{ active: boolean }>("SELECT row_security_active('hadal.thread') AS active")
  return rows[0]?.active === true
}

/** Returns the role of the connection, and the roles that a policy lets see the rows of all tenants; `public` stands for every role. */
export async function findLoopsRoles(database: Queryable): Promise<{ role: string; allowed: readonly string[] }> {
  const { rows } = await database.query<{ role: string; allowed: string[] }>(
    `SELECT current_user::text AS role, ARRAY(
       SELECT coalesce(pg_roles.rolname, 'public')::text FROM pg_policy CROSS JOIN unnest(polroles) AS of_role
       LEFT JOIN pg_roles ON pg_roles.oid = of_role
       WHERE polrelid = 'hadal.thread'::regclass AND polname = 'of_loops') AS allowed`,
  )
  return rows[0] ?? { role: '', allowed: [] }
}
