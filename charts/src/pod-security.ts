import type { k8s } from 'cdk8s-plus-28'

/** The user and group of every container of ours: above 10000, so that they meet no account of the node. */
const user = 10_001

/** A pod that meets PodSecurity `restricted`. The group owns its volumes, so that mounted Secrets need no reader but it. */
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
