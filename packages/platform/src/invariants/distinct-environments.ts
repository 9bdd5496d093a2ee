import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

/** What two environments must not have in common, and where each says it. */
const claims: readonly {
  readonly path: string
  readonly of: (environment: Environment) => string | undefined
  /** What it must be the only one on, in the same words for all that share it. */
  readonly within: (environment: Environment) => string
}[] = [
  // Each would take the other's objects, and the one that Argo CD synced last would win.
  {
    path: 'namespace',
    of: ({ namespace }) => namespace,
    within: ({ cluster }) => `on ${cluster.server}`,
  },
  // The controller would give a host's requests to either.
  {
    path: 'exposure.host',
    of: ({ exposure }) => (exposure.kind === 'internal' ? undefined : exposure.host),
    within: () => 'anywhere',
  },
  // A copied folder would otherwise read, and write, the database of the one that it was copied from.
  {
    path: 'secrets.path',
    of: ({ secrets }) => (secrets.kind === 'external-secrets' ? secrets.path : undefined),
    within: () => 'in any store',
  },
]

/** Rules over all environments, so the loader asks them. */
export function distinctEnvironments(environments: readonly Environment[]): Problem[] {
  return claims.flatMap(({ path, of, within }) =>
    environments.flatMap((environment, index) => {
      const value = of(environment)
      const other = environments
        .slice(0, index)
        .find((earlier) => of(earlier) === value && within(earlier) === within(environment))
      if (value === undefined || !other) return []
      const file = `environments/${environment.name}/config.ts`
      const allowed = `Allowed is what no other environment has ${within(environment)}; ${other.name} has this.`
      return [{ file, path, value, allowed, remedy: `Change it here, or in environments/${other.name}/config.ts.` }]
    }),
  )
}
