import { agentWorkloads } from '@hadal/platform/agent-workloads'
import type { Environment } from '@hadal/platform/environment'
import type { ReleaseName } from './releases.ts'

export type OperatorName = Exclude<ReleaseName, 'argo-cd'>

/** API groups of each operator's objects. An environment that renders objects of a group needs the operator. */
export const groupsOf = {
  'cert-manager': ['cert-manager.io'],
  'cloudnative-pg': ['postgresql.cnpg.io'],
  'plugin-barman-cloud': ['barmancloud.cnpg.io'],
  'external-secrets': ['external-secrets.io'],
  keda: ['keda.sh'],
  'prometheus-operator': ['monitoring.coreos.com'],
} as const satisfies Readonly<Record<OperatorName, readonly string[]>>

/**
 * The operators that an environment needs, in the order of their installation. Empty if they are already installed.
 *
 * @throws an error for the redis-operator, which publishes no manifests
 */
export function neededOperators(environment: Environment): OperatorName[] {
  const { agent, backup, cluster, exposure, postgres, redis, secrets } = environment
  if (cluster.operators === 'present') return []
  if (redis.kind === 'cluster')
    throw new Error(
      `redis.kind of "${environment.name}" is "cluster", but this stack can't install the redis-operator, which is published only as a Helm chart. Install it with its feature gate GenerateConfigInInitContainer and set cluster.operators to "present", or use redis.kind "standalone" or "external".`,
    )
  const archived = postgres.kind === 'cnpg' && backup.kind === 's3'
  const needed: Readonly<Record<OperatorName, boolean>> = {
    'prometheus-operator': true,
    // The barman-cloud plugin also needs certificates.
    'cert-manager': archived || (exposure.kind === 'ingress' && exposure.tls),
    'cloudnative-pg': postgres.kind === 'cnpg',
    'plugin-barman-cloud': archived,
    'external-secrets': secrets.kind === 'external-secrets',
    keda: agentWorkloads(agent).some(({ workload }) => workload.autoscaling.kind === 'queue'),
  }
  return (Object.keys(needed) as OperatorName[]).filter((name) => needed[name])
}
