import { isRecord } from '@hadal/middleware/unknown-value'
import type { Role } from '@hadal/platform/access'
import { defaultTenant } from '../../store/scope.ts'
import type { Caller, UserIdentity } from '../caller.ts'
import { nameProblem } from '../name-problem.ts'

/** The user that LangGraph's `isStudioUser` recognizes. */
export const studioUser: UserIdentity & { readonly kind: 'StudioUser' } = {
  kind: 'StudioUser',
  identity: 'langgraph-studio-user',
  display_name: 'langgraph-studio-user',
  is_authenticated: true,
  permissions: [],
}

/**
 * Returns the user that the author's `authenticate` returned, in its full form: a string is the identity of a user.
 *
 * @returns undefined if the handler has identified no user
 * @throws TypeError for a value that is not a user
 */
export function userOf(returned: unknown): UserIdentity | undefined {
  if (returned === undefined || returned === null || returned === false) return undefined
  const user = typeof returned === 'string' ? { identity: returned } : returned
  if (!isRecord(user)) throw new TypeError(`authenticate returned a ${typeof returned}, not a user`)
  if (user.is_authenticated === false) return undefined
  const { identity, permissions = [], display_name: name } = user
  const problem = nameProblem(identity)
  if (problem !== undefined || typeof identity !== 'string')
    throw new TypeError(`the field "identity" of the user ${problem}`)
  if (!Array.isArray(permissions) || !permissions.every((each) => typeof each === 'string')) {
    throw new TypeError('the field "permissions" of the user is not a list of strings')
  }
  return {
    ...user,
    identity,
    permissions,
    display_name: typeof name === 'string' ? name : identity,
    is_authenticated: true,
  }
}

/** Roles of every user. The author's handlers restrict what a user may do with them. */
const rolesOfAll: readonly Role[] = ['read', 'run', 'approve']

/**
 * Returns the caller of a user. It sees its whole tenant, because the author's handlers restrict it there. It has the role `administer` only if its
 * permissions contain "administer": this role may change files that the runs of all users share.
 *
 * @throws TypeError if the tenant is not a valid one
 */
export function customCaller(user: UserIdentity, tenantField: string): Omit<Caller, 'authorize'> {
  const given = Object.hasOwn(user, tenantField) ? user[tenantField] : undefined
  const tenant = given ?? defaultTenant
  const problem = nameProblem(tenant)
  if (problem !== undefined || typeof tenant !== 'string') {
    throw new TypeError(`the field ${JSON.stringify(tenantField)} of the user, its tenant, ${problem}`)
  }
  return {
    tenant,
    user: user.identity,
    roles: new Set(user.permissions.includes('administer') ? [...rolesOfAll, 'administer'] : rolesOfAll),
    scope: { tenant, owner: user.identity, sees: 'all' },
    identity: user,
  }
}
