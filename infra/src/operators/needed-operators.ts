import { agentWorkloads } from '@hadal/platform/agent-workloads'
import type { Environment } from '@hadal/platform/environment'
import type { ReleaseName } from './releases.ts'

export type OperatorName = Exclude<ReleaseName, 'argo-cd'>

/** API groups of the objects that each operator acts on: what an environment renders of them tells that it is needed. */
export const groupsOf = {
  'cert-manager': ['cert-manager.io'],
  'cloudnative-pg': ['postgresql.cnpg.io'],
  'plugin-barman-cloud': ['barmancloud.cnpg.io'],
  'external-secrets': ['external-secrets.io'],
  keda: ['keda.sh'],
  'prometheus-operator': ['monitoring.coreos.com'],
} as const satisfies Readonly<Record<OperatorName, readonly string[]>>

/**
 * The operators that an environment needs, in the order of their installation; none where another installs them.
 *
 * @throws a sentence for the one operator that publishes no manifests
 */
export function neededOperators(environment: Environment): OperatorName[] {
  const { agent, backup, cluster, exposure, postgres, redis, secrets } = environment
  if (cluster.operators === 'present') return []
  if (redis.kind === 'cluster')
    throw new Error(
      `redis.kind of "${environment.name}" is "cluster", and the redis-operator publishes a chart alone, which this stack does not install. Install it with its gate GenerateConfigInInitContainer and set cluster.operators to "present", or use redis.kind "standalone" or "external".`,
    )
  const archived = postgres.kind === 'cnpg' && backup.kind === 's3'
  const needed: Readonly<Record<OperatorName, boolean>> = {
    'prometheus-operator': true,
    // Of the operators themselves, barman-cloud's plugin asks for certificates.
    'cert-manager': archived || (exposure.kind === 'ingress' && exposure.tls),
    'cloudnative-pg': postgres.kind === 'cnpg',
    'plugin-barman-cloud': archived,
    'external-secrets': secrets.kind === 'external-secrets',
    keda: agentWorkloads(agent).some(({ workload }) => workload.autoscaling.kind === 'queue'),
  }
  return (Object.keys(needed) as OperatorName[]).filter((name) => needed[name])
}
