import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** Requires access control of a protected environment's API. A client of an open API can read every thread and use the models at the owner's cost. */
export function protectedAccess(environment: Environment): Problem[] {
  if (!environment.protected) return []
  const { access, exposure } = environment
  if (exposure.kind === 'internal') {
    if (exposure.clientNamespaces.length > 0) return []
    return [
      {
        path: 'exposure.clientNamespaces',
        value: exposure.clientNamespaces,
        allowed:
          'Must name at least one namespace: without one, no client can reach the API of a protected environment.',
        remedy: 'Add the namespaces of the clients, or choose another exposure.',
      },
    ]
  }
  if (access.kind !== 'open') return []
  return [
    {
      path: 'access.kind',
      value: access.kind,
      allowed: `A protected environment that is reachable from outside its cluster (exposure.kind = "${exposure.kind}") must authenticate its clients.`,
      remedy: 'Set access.kind to "api-keys", "oidc" or "custom", or use the exposure "internal".',
    },
  ]
}
