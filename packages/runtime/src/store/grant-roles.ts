import pg from 'pg'
import { applyStatements } from './apply-statements.ts'

/** Names of the database roles of a server. */
export interface DatabaseRoles {
  /** Serves requests and executes runs, and sees the rows of one tenant at a time. */
  readonly application: string
  /** Serves all tenants: see `runs/loops.ts`. */
  readonly loops: string
}

/**
 * Gives the roles of a server what they need in the database: to read and write rows, without the right to change the schema. The role that migrates
 * owns the tables and gets nothing.
 *
 * @throws Error if a role does not exist, or could get around row-level security although the roles are separate
 */
export async function grantRoles(client: pg.Client, roles: DatabaseRoles): Promise<void> {
  const { application, loops } = roles
  const owner = await currentRole(client)
  const separate = application !== loops
  const names = [...new Set([application, loops])]
  if (separate) for (const name of names) await checkRole(client, name)
  const granted = names.filter((name) => name !== owner)
  const audited = await hasAudit(client)
  const statements = granted.flatMap((name) => grants(name, separate && name === application, audited))
  if (statements.length > 0) await applyStatements(client, statements)
}

/** Whether the database has the audit: a restore creates the tables of an older schema first, which may lack it. */
async function hasAudit(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ exists: boolean }>("SELECT to_regclass('hadal.audit') IS NOT NULL AS exists")
  return rows[0]?.exists === true
}

/**
 * @param isRestricted whether the role sees the rows of one tenant at a time: it then only reads `hadal.instance`, which has no tenant
 * @param audited whether the database has the audit
 */
function grants(name: string, isRestricted: boolean, audited: boolean): string[] {
  const role = pg.escapeIdentifier(name)
  return [
    `GRANT USAGE ON SCHEMA hadal, pgboss, public TO ${role}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA hadal, pgboss TO ${role}`,
    `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA hadal, pgboss TO ${role}`,
    `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA hadal, pgboss TO ${role}`,
    `GRANT SELECT, INSERT, UPDATE, DELETE ON public.checkpoints, public.checkpoint_blobs, public.checkpoint_writes TO ${role}`,
    `REVOKE INSERT, UPDATE, DELETE ON hadal.migration FROM ${role}`,
    ...(audited ? [`REVOKE UPDATE, DELETE ON hadal.audit FROM ${role}`] : []),
    ...(isRestricted ? [`REVOKE INSERT, UPDATE, DELETE ON hadal.instance FROM ${role}`] : []),
  ]
}

async function currentRole(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ role: string }>('SELECT current_user AS role')
  return rows[0]?.role ?? ''
}

/** @throws Error if a role does not exist, is not bound by row-level security, or may become a role that is not */
async function checkRole(client: pg.Client, name: string): Promise<void> {
  const { rows } = await client.query<{ free: boolean; through: string | null }>(
    `SELECT rolsuper OR rolbypassrls AS free, (
       SELECT owner.rolname FROM pg_roles AS owner
       WHERE pg_has_role(role.oid, owner.oid, 'MEMBER') AND (owner.rolsuper OR owner.rolbypassrls
         OR owner.oid IN (SELECT relowner FROM pg_class WHERE relnamespace = 'hadal'::regnamespace))
       LIMIT 1) AS through
     FROM pg_roles AS role WHERE rolname = $1`,
    [name],
  )
  const [role] = rows
  const way = 'Use a role that only has the right to log in: hadal-runtime migrate gives it the rest.'
  if (!role)
    throw new Error(`The database has no role "${name}". Create it as a role that can log in, and migrate again.`)
  if (role.free)
    throw new Error(
      `The database role "${name}" is a superuser or has BYPASSRLS, so it would see the data of all tenants. ${way}`,
    )
  if (role.through !== null)
    throw new Error(
      role.through === name
        ? `The database role "${name}" owns tables of Hadal, so it would see the data of all tenants. Set DATABASE_OWNER_URL to the address with this role, and use another role in DATABASE_URL and DATABASE_LOOPS_URL.`
        : `The database role "${name}" is a member of "${role.through}", so it could see the data of all tenants. ${way}`,
    )
}
