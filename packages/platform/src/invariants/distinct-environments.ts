import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** Fields of an environment's configuration whose values must be unique among environments. */
const claims: readonly {
  readonly path: string
  readonly of: (environment: Environment) => string | undefined
  /** Scope in which the field must be unique, as text, e.g. a cluster. Environments with the same text share the scope. */
  readonly within: (environment: Environment) => string
}[] = [
  // In a shared namespace, each environment would overwrite the other's objects at every sync.
  {
    path: 'namespace',
    of: ({ namespace }) => namespace,
    within: ({ cluster }) => ` on ${cluster.server}`,
  },
  // With a shared host, the controller would route requests to either environment.
  {
    path: 'exposure.host',
    of: ({ exposure }) => (exposure.kind === 'internal' ? undefined : exposure.host),
    within: () => '',
  },
  // Without this rule, a copied folder would use the database of its original.
  {
    path: 'secrets.path',
    of: ({ secrets }) => (secrets.kind === 'external-secrets' ? secrets.path : undefined),
    within: () => '',
  },
]

/** Problems of fields that must be unique among all environments. Not an `Invariant`, which sees one environment only. */
export function distinctEnvironments(environments: readonly Environment[]): Problem[] {
  return claims.flatMap(({ path, of, within }) =>
    environments.flatMap((environment, index) => {
      const value = of(environment)
      const other = environments
        .slice(0, index)
        .find((earlier) => of(earlier) === value && within(earlier) === within(environment))
      if (value === undefined || !other) return []
      const file = `environments/${environment.name}/config.ts`
      const allowed = `Must be unique among environments${within(environment)}, but ${other.name} has the same value.`
      return [{ file, path, value, allowed, remedy: `Change it here, or in environments/${other.name}/config.ts.` }]
    }),
  )
}
