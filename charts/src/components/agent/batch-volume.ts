import type { Environment } from '@hadal/platform/environment'
import { agentNames, commonLabels } from '@hadal/platform/names'
import type { PersistentVolumeClaim, Volume, VolumeMount } from 'kubernetes-types/core/v1.d.ts'
import type { ManifestOf } from '../../manifest.ts'
import { keepAnnotation } from '../../waves.ts'

/** Where the volume is in a container: its `BATCH_FOLDER`. */
export const batchFolder = '/var/lib/batch'
const name = 'batch'

/** Files of agents whose backend is `batch`. It holds data, so a person deletes it. */
export function batchClaim(environment: Environment): ManifestOf<PersistentVolumeClaim>[] {
  const { batch } = environment
  if (batch.kind === 'none') return []
  return [
    {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: agentNames.batch, labels: commonLabels(environment), annotations: keepAnnotation },
      spec: {
        accessModes: ['ReadWriteMany'],
        storageClassName: batch.class,
        resources: { requests: { storage: batch.size } },
      },
    },
  ]
}

/** The same volume in every pod that runs agents. */
export function batchVolume({ batch }: Environment): { readonly volumes: Volume[]; readonly mounts: VolumeMount[] } {
  if (batch.kind === 'none') return { volumes: [], mounts: [] }
  return {
    volumes: [{ name, persistentVolumeClaim: { claimName: agentNames.batch } }],
    mounts: [{ name, mountPath: batchFolder }],
  }
}
