import type { Environment } from '@hadal/platform/environment'
import { commonLabels } from '@hadal/platform/names'

/** Version of the Pod Security Standards. `latest` would change with an upgrade of the cluster. */
const podSecurityVersion = 'v1.34'

/**
 * The environment's Namespace. It rejects pods that don't meet the PodSecurity level `restricted` (requirement S6). Pulumi creates it, so that
 * nothing that Argo CD syncs can weaken that level.
 */
export const namespaceOf = (environment: Pick<Environment, 'name' | 'namespace'>) => ({
  apiVersion: 'v1' as const,
  kind: 'Namespace' as const,
  metadata: {
    name: environment.namespace,
    labels: {
      ...commonLabels(environment),
      'pod-security.kubernetes.io/enforce': 'restricted',
      'pod-security.kubernetes.io/enforce-version': podSecurityVersion,
      'pod-security.kubernetes.io/audit': 'restricted',
      'pod-security.kubernetes.io/audit-version': podSecurityVersion,
      'pod-security.kubernetes.io/warn': 'restricted',
      'pod-security.kubernetes.io/warn-version': podSecurityVersion,
    },
  },
})
