import type { Environment } from '@hadal/platform/environment'
import { agentNames } from '@hadal/platform/names'
import { k8s } from 'cdk8s-plus-28'
import { Construct } from 'constructs'
import { quantities } from '../../resource-requirements.ts'
import { keepAnnotation } from '../../waves.ts'

/** Mount path of the batch volume in a container, and value of `BATCH_FOLDER`. */
export const batchFolder = '/var/lib/batch'
const name = 'batch'

export interface BatchClaimProps {
  readonly size: string
  readonly storageClass: string
}

/** PersistentVolumeClaim for files of agents whose backend is `batch`. It holds data, so a person deletes it. */
export class BatchClaim extends Construct {
  constructor(scope: Construct, id: string, { size, storageClass }: BatchClaimProps) {
    super(scope, id)
    new k8s.KubePersistentVolumeClaim(this, 'claim', {
      metadata: { name: agentNames.batch, annotations: keepAnnotation },
      spec: {
        accessModes: ['ReadWriteMany'],
        storageClassName: storageClass,
        resources: { requests: quantities({ storage: size }) },
      },
    })
  }
}

/** The batch volume and its mount, for every pod that runs agents; empty if the environment has none. */
export function batchVolume({ batch }: Environment): {
  readonly volumes: k8s.Volume[]
  readonly mounts: k8s.VolumeMount[]
} {
  if (batch.kind === 'none') return { volumes: [], mounts: [] }
  return {
    volumes: [{ name, persistentVolumeClaim: { claimName: agentNames.batch } }],
    mounts: [{ name, mountPath: batchFolder }],
  }
}
