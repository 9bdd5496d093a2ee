import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** Whoever reaches an open API reads every thread and spends the models' money. */
export function protectedAccess(environment: Environment): Problem[] {
  if (!environment.protected) return []
  const { access, exposure } = environment
  if (exposure.kind === 'internal') {
    if (exposure.clientNamespaces.length > 0) return []
    return [
      {
        path: 'exposure.clientNamespaces',
        value: exposure.clientNamespaces,
        allowed: 'A protected environment names the namespaces whose pods reach its API; without one, nobody does.',
        remedy: 'Name them, or choose another exposure.',
      },
    ]
  }
  if (access.kind !== 'open') return []
  return [
    {
      path: 'access.kind',
      value: access.kind,
      allowed: `A protected environment that is reached from outside its cluster (exposure.kind = "${exposure.kind}") lets nobody in unknown.`,
      remedy: 'Use "api-keys" or "oidc", or the exposure "internal".',
    },
  ]
}
