import { agentNames, postgresNames, redisName } from '@hadal/platform/names'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'
import type { EnvironmentProps } from '../../environment-props.ts'

/**
 * One ServiceAccount per kind of pod, without a token. Agents with sandboxes mount a token (see `agent/sandbox-token.ts`). CloudNativePG
 * creates its own ServiceAccounts.
 */
export class ServiceAccounts extends Construct {
  constructor(scope: Construct, id: string, { environment }: EnvironmentProps) {
    super(scope, id)
    const names: string[] = [agentNames.serviceAccount]
    if (environment.postgres.kind === 'standalone') names.push(postgresNames.cluster)
    if (environment.redis.kind !== 'external') names.push(redisName)
    const { serviceAccountAnnotations } = environment.agent
    for (const name of names) {
      const isAnnotated = name === agentNames.serviceAccount && Object.keys(serviceAccountAnnotations).length > 0
      new k8s.KubeServiceAccount(this, name, {
        metadata: { name, annotations: isAnnotated ? serviceAccountAnnotations : undefined },
        automountServiceAccountToken: false,
      })
    }
  }
}
