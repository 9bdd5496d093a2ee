import type { Access } from '@hadal/platform/access'
import type { Logger } from 'pino'
import { findLoopsRoles, rowSecurityIsActive } from '../store/queries/row-security.ts'
import type { OpenPools } from './open-pools.ts'

const wallOff =
  'Row-level security is off: the server has one database role, which sees the rows of all tenants, so only the conditions of its statements separate ' +
  'tenants. Set DATABASE_LOOPS_URL and DATABASE_OWNER_URL to addresses with roles of their own, and execute "hadal-runtime migrate".'

/**
 * Checks that row-level security separates the tenants. Without sign-in everything belongs to one tenant, so one database role is enough.
 *
 * @throws Error if callers sign in and the server has one database role, or if the roles are not as the last migration has set them up
 */
export async function checkRoles({ pool, loops, separate }: OpenPools, access: Access, log: Logger): Promise<void> {
  if (!separate && access.kind === 'open') return log.info({ text: wallOff }, 'row_level_security_off')
  if (!separate)
    throw new Error(
      `ACCESS.kind is "${access.kind}", but the server has one database role, which sees the data of all tenants. Set DATABASE_URL, DATABASE_LOOPS_URL and DATABASE_OWNER_URL to addresses with three roles, and execute "hadal-runtime migrate".`,
    )
  if (!(await rowSecurityIsActive(pool)))
    throw new Error(
      'The database role of DATABASE_URL owns the tables or may bypass row-level security, so it sees the data of all tenants. Use a role that only has the right to log in, set DATABASE_OWNER_URL to the address with the owner, and execute "hadal-runtime migrate".',
    )
  if (loops === pool) return
  const { role, allowed } = await findLoopsRoles(loops)
  if (allowed.length === 1 && allowed[0] === role) return
  throw new Error(
    `The database lets ${allowed.join(', ') || 'no role'} see the rows of all tenants, but the role of DATABASE_LOOPS_URL is ${role}. Execute "hadal-runtime migrate" with the same DATABASE_URL and DATABASE_LOOPS_URL as this server.`,
  )
}
