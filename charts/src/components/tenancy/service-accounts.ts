import { agentNames, postgresNames, redisName } from '@hadal/platform/names'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'
import type { EnvironmentProps } from '../../environment-props.ts'

/**
 * One ServiceAccount per kind of pod, without a token. Backups and restore drills share one, which the servers don't have: a server can't read or delete
 * backups. Agents with sandboxes mount a token (see `agent/sandbox-token.ts`). CloudNativePG
 * creates its own ServiceAccounts.
 */
export class ServiceAccounts extends Construct {
  constructor(scope: Construct, id: string, { environment }: EnvironmentProps) {
    super(scope, id)
    const { agent, backup, postgres, redis } = environment
    const names: string[] = [agentNames.serviceAccount]
    if (postgres.kind === 'standalone') names.push(postgresNames.cluster)
    if (redis.kind !== 'external') names.push(redisName)
    if (backup.kind === 's3') names.push(agentNames.backup)
    const annotations: Readonly<Record<string, Record<string, string>>> = {
      [agentNames.serviceAccount]: agent.serviceAccountAnnotations,
      [agentNames.backup]: backup.kind === 's3' ? backup.serviceAccountAnnotations : {},
    }
    for (const name of names) {
      const ofAccount = annotations[name] ?? {}
      new k8s.KubeServiceAccount(this, name, {
        metadata: { name, annotations: Object.keys(ofAccount).length > 0 ? ofAccount : undefined },
        automountServiceAccountToken: false,
      })
    }
  }
}
