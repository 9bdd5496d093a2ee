import type { Environment } from '@hadal/platform/environment'
import type { k8s } from 'cdk8s-plus-28'

/** Default value of `SANDBOX_CREDENTIALS`. */
const folder = '/run/secrets/sandbox-claims'
const name = 'sandbox-claims'
/**
 * Lifetime of the service account token, in seconds. The kubelet replaces it after four fifths of that time; the server reads the file for
 * each request.
 */
const tokenSeconds = 3_600

/** Volume with the service account token that pods need to claim sandboxes; empty if the environment has none. Bound to the pod, valid for an hour. */
export function sandboxToken({ sandbox }: Environment): {
  readonly volumes: k8s.Volume[]
  readonly mounts: k8s.VolumeMount[]
} {
  if (sandbox.kind === 'none') return { volumes: [], mounts: [] }
  return {
    volumes: [
      {
        name,
        projected: {
          defaultMode: 0o440,
          sources: [
            { serviceAccountToken: { path: 'token', expirationSeconds: tokenSeconds } },
            // Kubernetes creates this ConfigMap in every namespace.
            { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
          ],
        },
      },
    ],
    mounts: [{ name, mountPath: folder, readOnly: true }],
  }
}
