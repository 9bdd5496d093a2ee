import { type PodPart, selectorLabels } from '@hadal/platform/names'
import type { Cluster, KubernetesObject } from './cluster.ts'

export interface Pod extends KubernetesObject {
  readonly spec: { readonly nodeName?: string; readonly containers: readonly { readonly image: string }[] }
  readonly status?: {
    readonly phase?: string
    readonly conditions?: readonly { readonly type: string; readonly status: string }[]
  }
}

/** Returns the pods of one part of the agent, including pods that are terminating. */
export const podsOf = (cluster: Cluster, namespace: string, part: PodPart): Promise<Pod[]> => {
  const selector = Object.entries(selectorLabels(part)).map(([label, value]) => `${label}=${value}`)
  return cluster.list<Pod>('v1/Pod', namespace, selector.join(','))
}

export const isReady = ({ metadata, status }: Pod): boolean =>
  metadata.deletionTimestamp === undefined &&
  status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true

export const isDraining = ({ metadata }: Pod): boolean => metadata.deletionTimestamp !== undefined

export const imageOf = ({ spec }: Pod): string => spec.containers[0]?.image ?? ''

/** Annotation of a pod that kwok never ends while it terminates, like a pod that still executes a run. See `kwok/pod-end.yaml`. */
export const holds = 'hadal.test/holds'
