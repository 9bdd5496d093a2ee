import { isRecord } from '@hadal/middleware/unknown-value'
import { type Access, Role } from '@hadal/platform/access'
import { defaultTenant } from '../../store/scope.ts'
import { type Caller, scopeOf } from '../caller.ts'
import { nameProblem } from '../name-problem.ts'
import { SignInRefused } from '../sign-in-refused.ts'

export type OidcAccess = Extract<Access, { kind: 'oidc' }>
type Claims = Readonly<Record<string, unknown>>

/** Returns the value of a claim. A name with periods, such as `realm_access.roles`, also means the field `roles` of the claim `realm_access`. */
function claimOf(claims: Claims, name: string): unknown {
  // The whole name comes first: the name of an application's claim is often a URL, which has periods.
  if (Object.hasOwn(claims, name)) return claims[name]
  let value: unknown = claims
  for (const part of name.split('.')) value = isRecord(value) && Object.hasOwn(value, part) ? value[part] : undefined
  return value
}

const refused = (claim: string, problem: string): SignInRefused =>
  new SignInRefused(
    'invalid',
    `The claim "${claim}" of the token ${problem}. Ask the operator of the issuer to correct it.`,
  )

/** @throws {SignInRefused} 401 if the claim is missing, or not the id of a user or tenant */
function nameIn(claims: Claims, claim: string): string {
  const value = claimOf(claims, claim)
  if (value === undefined || value === null) throw refused(claim, 'is missing')
  const problem = nameProblem(value)
  if (problem !== undefined || typeof value !== 'string') throw refused(claim, problem ?? '')
  return value
}

/** @throws {SignInRefused} 401 if the claim is neither a string nor a list of strings */
function rolesIn(claims: Claims, { claims: names, roles, defaultRoles }: OidcAccess): ReadonlySet<Role> {
  const value = names.roles === undefined ? undefined : claimOf(claims, names.roles)
  if (names.roles === undefined || value === undefined || value === null) return new Set(defaultRoles)
  const given = typeof value === 'string' ? value.split(' ').filter((each) => each !== '') : value
  if (!Array.isArray(given) || !given.every((each) => typeof each === 'string')) {
    throw refused(names.roles, 'is neither a string nor a list of strings')
  }
  if (roles) return new Set(given.flatMap((each: string) => (Object.hasOwn(roles, each) ? (roles[each] ?? []) : [])))
  return new Set(given.flatMap((each) => Role.safeParse(each).data ?? []))
}

/**
 * Returns the caller that verified claims describe.
 *
 * @param claims claims of a token whose signature, issuer, audience and times are verified
 * @throws {SignInRefused} 401 that names the claim which is missing or has the wrong type
 */
export function callerOfClaims(claims: Claims, access: OidcAccess): Caller {
  const user = nameIn(claims, access.claims.user)
  const tenant = access.claims.tenant === undefined ? defaultTenant : nameIn(claims, access.claims.tenant)
  const roles = rolesIn(claims, access)
  const name = claims.name
  return {
    tenant,
    user,
    roles,
    scope: scopeOf(tenant, user, roles, access.share),
    identity: {
      identity: user,
      display_name: typeof name === 'string' && name !== '' ? name : user,
      is_authenticated: true,
      permissions: [...roles],
    },
  }
}
