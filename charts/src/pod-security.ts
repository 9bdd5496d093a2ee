import type { k8s } from 'cdk8s-plus-28'

/** User and group id of every container: above 10000, so that no account of the node has the same id. */
const user = 10_001

/** Pod security context that meets PodSecurity `restricted`. The group owns the volumes, so it can read mounted Secrets. */
export const podSecurity = {
  runAsNonRoot: true,
  runAsUser: user,
  runAsGroup: user,
  fsGroup: user,
  fsGroupChangePolicy: 'OnRootMismatch',
  seccompProfile: { type: 'RuntimeDefault' },
} as const satisfies k8s.PodSecurityContext

export const containerSecurity: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  privileged: false,
  readOnlyRootFilesystem: true,
  capabilities: { drop: ['ALL'] },
}
