import type { Environment } from '@hadal/platform/environment'
import type { Volume, VolumeMount } from 'kubernetes-types/core/v1.d.ts'

/** As `SANDBOX_CREDENTIALS` has it by default. */
const folder = '/run/secrets/sandbox-claims'
const name = 'sandbox-claims'
/** The kubelet brings a new one after four fifths of it; the server reads the file for each request. */
const tokenSeconds = 3_600

/** The one token that a pod of ours has: where it runs agents and they have sandboxes. Bound to the pod, and for an hour. */
export function sandboxToken({ sandbox }: Environment): { readonly volumes: Volume[]; readonly mounts: VolumeMount[] } {
  if (sandbox.kind === 'none') return { volumes: [], mounts: [] }
  return {
    volumes: [
      {
        name,
        projected: {
          defaultMode: 0o440,
          sources: [
            { serviceAccountToken: { path: 'token', expirationSeconds: tokenSeconds } },
            // Kubernetes puts this one into every namespace.
            { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          ],
        },
      },
    ],
    mounts: [{ name, mountPath: folder, readOnly: true }],
  }
}
