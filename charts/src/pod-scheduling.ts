import type { Environment } from '@hadal/platform/environment'
import type { Scheduling } from '@hadal/platform/schema/scheduling'
import type { k8s } from 'cdk8s-plus-28'

/** Node selector and tolerations, in the form that pods and operators share. Undefined for the cluster's defaults. */
export function nodeChoice({
  nodeSelector,
  tolerations,
}: Scheduling): Pick<k8s.PodSpec, 'nodeSelector' | 'tolerations'> {
  return {
    nodeSelector: Object.keys(nodeSelector).length > 0 ? nodeSelector : undefined,
    tolerations: tolerations.length > 0 ? tolerations : undefined,
  }
}

/** Names of the Secrets with which nodes pull images. Undefined if images need none. */
export const imagePullSecrets = ({ imagePullSecret }: Environment): { name: string }[] | undefined =>
  imagePullSecret ? [{ name: 'registry-credentials' }] : undefined

/** Scheduling of a pod, and the Secrets with which its images are pulled. */
export const podScheduling = (
  environment: Environment,
  scheduling: Scheduling,
): Pick<k8s.PodSpec, 'nodeSelector' | 'tolerations' | 'priorityClassName' | 'imagePullSecrets'> => ({
  ...nodeChoice(scheduling),
  priorityClassName: scheduling.priorityClassName,
  imagePullSecrets: imagePullSecrets(environment),
})
