import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'
import { operatorNamespaces } from '../schema/cluster.ts'

/** Requires the default namespaces of operators that the environment's Pulumi stack installs, because it installs them there. */
export function managedOperatorNamespaces({ cluster }: Environment): Problem[] {
  if (cluster.operators !== 'managed') return []
  return (['cloudNativePg', 'redisOperator'] as const).flatMap((operator) => {
    const value = cluster.operatorNamespaces[operator]
    const installed = operatorNamespaces[operator]
    if (value === installed) return []
    return [
      {
        path: `cluster.operatorNamespaces.${operator}`,
        value,
        allowed: `Must be "${installed}" if cluster.operators is "managed": the stack installs the operator there.`,
        remedy: 'Remove the field, or set cluster.operators to "present" if the operator is already installed.',
      },
    ]
  })
}
