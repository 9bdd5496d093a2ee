import type { Environment } from '@hadal/platform/environment'
import { kubernetesSecretName } from '@hadal/platform/kubernetes-secret-name'
import { secretFile } from '@hadal/platform/names'
import { type SecretName, type SecretUser, secretsOf } from '@hadal/platform/secret-table'
import type { k8s } from 'cdk8s-plus-28'

/** File mode of mounted secrets: readable by owner and group. */
const readable = 0o440

/** Volumes and mounts of the Secrets of these users: each Secret is a folder with only the keys that the users have. */
export function secretVolumes(
  environment: Environment,
  users: readonly SecretUser[],
): { readonly volumes: k8s.Volume[]; readonly mounts: k8s.VolumeMount[] } {
  const keys = new Map<SecretName, Map<string, string>>()
  for (const user of users)
    for (const { secret, key, reference } of secretsOf(environment, user)) {
      const ofSecret = keys.get(secret) ?? new Map<string, string>()
      keys.set(secret, ofSecret.set(key, secretFile(reference)))
    }
  const mounted = [...keys].map(([secret, files]) => ({ secret, files, name: `secret-${secret}` }))
  return {
    volumes: mounted.map(({ secret, files, name }) => ({
      name,
      secret: {
        secretName: kubernetesSecretName(environment, secret),
        defaultMode: readable,
        items: [...files.keys()].map((key) => ({ key, path: key })),
      },
    })),
    mounts: mounted.map(({ files, name }) => ({ name, mountPath: folderOf([...files.values()]), readOnly: true })),
  }
}

function folderOf(files: readonly string[]): string {
  const file = files[0] ?? ''
  return file.slice(0, file.lastIndexOf('/'))
}
