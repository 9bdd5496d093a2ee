import type { Volume, VolumeMount } from 'kubernetes-types/core/v1.d.ts'

/** A writable folder of a container whose root is read-only. It counts against the pod's ephemeral storage. */
export function scratchVolume(
  name: string,
  mountPath: string,
  sizeLimit: string,
): { volume: Volume; mount: VolumeMount } {
  return { volume: { name, emptyDir: { sizeLimit } }, mount: { name, mountPath } }
}
