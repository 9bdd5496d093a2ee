import { agentWorkloads } from '../agent-workloads.ts'
import type { Environment } from '../environment.ts'
import type { PinnedName } from './operator-pins.ts'

export type OperatorName = Exclude<PinnedName, 'argo-cd'>

/**
 * API groups of the custom kinds of Argo CD and of each operator. An environment that renders objects of a group needs the operator, and the
 * manifests of an operator contain a CustomResourceDefinition of each of its groups.
 */
export const groupsOf = {
  'argo-cd': ['argoproj.io'],
  'cert-manager': ['cert-manager.io'],
  'cloudnative-pg': ['postgresql.cnpg.io'],
  'plugin-barman-cloud': ['barmancloud.cnpg.io'],
  'external-secrets': ['external-secrets.io'],
  keda: ['keda.sh'],
  'prometheus-operator': ['monitoring.coreos.com'],
  'redis-operator': ['redis.redis.opstreelabs.in'],
} as const satisfies Readonly<Record<PinnedName, readonly string[]>>

/** The operators that an environment needs, in the order of their installation. Empty if they are already installed. */
export function neededOperators(environment: Environment): OperatorName[] {
  const { agent, backup, cluster, exposure, postgres, redis, secrets } = environment
  if (cluster.operators === 'present') return []
  const archived = postgres.kind === 'cnpg' && backup.kind === 's3'
  const needed: Readonly<Record<OperatorName, boolean>> = {
    'prometheus-operator': true,
    // The barman-cloud plugin also needs certificates, and so do the nodes of a Redis cluster.
    'cert-manager': archived || redis.kind === 'cluster' || (exposure.kind === 'ingress' && exposure.tls),
    'cloudnative-pg': postgres.kind === 'cnpg',
    'plugin-barman-cloud': archived,
    'external-secrets': secrets.kind === 'external-secrets',
    keda: agentWorkloads(agent).some(({ workload }) => workload.autoscaling.kind === 'queue'),
    'redis-operator': redis.kind === 'cluster',
  }
  return operatorOrder.filter((name) => needed[name])
}

/** Order of installation: an operator comes after those that its own objects need. */
const operatorOrder: readonly OperatorName[] = [
  'prometheus-operator',
  'cert-manager',
  'cloudnative-pg',
  'plugin-barman-cloud',
  'external-secrets',
  'keda',
  'redis-operator',
]
