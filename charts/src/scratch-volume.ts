import { k8s } from 'cdk8s-plus-28'

/** A writable folder of a container whose root file system is read-only. It counts against the pod's ephemeral storage. */
export function scratchVolume(
  name: string,
  mountPath: string,
  sizeLimit: string,
): { volume: k8s.Volume; mount: k8s.VolumeMount } {
  return {
    volume: { name, emptyDir: { sizeLimit: k8s.Quantity.fromString(sizeLimit) } },
    mount: { name, mountPath },
  }
}
