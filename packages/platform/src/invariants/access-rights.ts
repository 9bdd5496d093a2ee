import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** Requires that users who sign in by OpenID Connect can get a role, and that a table of roles has a claim to which it applies. */
export function accessRights({ access }: Environment): Problem[] {
  if (access.kind !== 'oidc' || access.claims.roles !== undefined) return []
  return [
    ...(access.roles === undefined
      ? []
      : [
          {
            path: 'access.roles',
            value: access.roles,
            allowed: 'Has no effect without access.claims.roles, the name of the claim whose values it maps to roles.',
            remedy: "Add access.claims: { roles: '…' }, or remove it.",
          },
        ]),
    ...(access.defaultRoles.length > 0
      ? []
      : [
          {
            path: 'access.defaultRoles',
            value: access.defaultRoles,
            allowed: 'Must name at least one role, because no claim gives roles: no user could do anything.',
            remedy: "Add a role, or add access.claims: { roles: '…' }.",
          },
        ]),
  ]
}
