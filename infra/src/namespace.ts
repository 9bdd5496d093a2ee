import type { Environment } from '@hadal/platform/environment'
import { commonLabels } from '@hadal/platform/names'

/** Version of the Pod Security Standards that pods are held to. `latest` would change under a cluster's upgrade. */
const podSecurityVersion = 'v1.34'

/**
 * The environment's Namespace. Pulumi makes it, so that nothing Argo CD syncs can loosen what it admits.
 * Pods that don't meet `restricted` are refused (requirement S6).
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
