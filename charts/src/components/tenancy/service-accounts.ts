import type { Environment } from '@hadal/platform/environment'
import { agentNames, commonLabels, postgresNames, redisName } from '@hadal/platform/names'
import type { Manifest } from '../../manifest.ts'

/** One account a kind of pod, none of which gets a token of itself: agents with sandboxes mount one (see `agent/sandbox-token.ts`). CloudNativePG makes its own. */
export function serviceAccounts(environment: Environment): Manifest[] {
  const names: string[] = [agentNames.serviceAccount]
  if (environment.postgres.kind === 'standalone') names.push(postgresNames.cluster)
  if (environment.redis.kind !== 'external') names.push(redisName)
  return names.map((name) => ({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    metadata: { name, labels: commonLabels(environment) },
    automountServiceAccountToken: false,
  }))
}
