import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'
import { inCluster } from '../schema/cluster.ts'

/** The cluster that two environments share, as text. Undefined if they are on different clusters. */
function sharedCluster({ cluster: one }: Environment, { cluster: other }: Environment): string | undefined {
  if (one.name === other.name) return ` on the cluster "${one.name}"`
  // The address inside the cluster is that of each Argo CD's own cluster.
  return one.server === other.server && one.server !== inCluster ? ` on ${one.server}` : undefined
}

const everywhere = (): string => ''

/** Fields of an environment's configuration whose values must be unique among environments. */
const claims: readonly {
  readonly path: string
  readonly of: (environment: Environment) => string | undefined
  /** Scope in which the values of two environments must differ, as text, e.g. a cluster. Undefined if they may be equal. */
  readonly within: (one: Environment, other: Environment) => string | undefined
  /** Further way to make two environments differ: a sentence with a full stop. */
  readonly otherwise?: string
}[] = [
  // In a shared namespace, each environment would overwrite the other's objects at every sync.
  {
    path: 'namespace',
    of: ({ namespace }) => namespace,
    within: sharedCluster,
    otherwise: 'If they are on different clusters, set cluster.name.',
  },
  // Two stacks would create the same operators and overwrite each other's versions of them.
  {
    path: 'cluster.operators',
    of: ({ cluster }) => (cluster.operators === 'managed' ? cluster.operators : undefined),
    within: sharedCluster,
    otherwise: "Write 'present' in all but one of them. If they are on different clusters, set cluster.name.",
  },
  // With a shared host, the controller would route requests to either environment.
  {
    path: 'exposure.host',
    of: ({ exposure }) => (exposure.kind === 'internal' ? undefined : exposure.host),
    within: everywhere,
  },
  // Without this rule, a copied folder would use the database of its original.
  {
    path: 'secrets.path',
    of: ({ secrets }) => (secrets.kind === 'external-secrets' ? secrets.path : undefined),
    within: everywhere,
  },
]

/** Problems of fields that must be unique among all environments. Not an `Invariant`, which sees one environment only. */
export function distinctEnvironments(environments: readonly Environment[]): Problem[] {
  return claims.flatMap(({ path, of, within, otherwise }) =>
    environments.flatMap((environment, index) => {
      const value = of(environment)
      const other = environments
        .slice(0, index)
        .find((earlier) => of(earlier) === value && within(earlier, environment) !== undefined)
      if (value === undefined || !other) return []
      const file = `environments/${environment.name}/config.ts`
      const allowed = `Must be unique among environments${within(other, environment)}, but ${other.name} has the same value.`
      const change = `Change it here, or in environments/${other.name}/config.ts.`
      return [{ file, path, value, allowed, remedy: otherwise ? `${change} ${otherwise}` : change }]
    }),
  )
}
