import { type PodPart, selectorLabels } from '@hadal/platform/names'
import type { Cluster, KubernetesObject } from './cluster.ts'

export interface Pod extends KubernetesObject {
  readonly spec: { readonly nodeName?: string; readonly containers: readonly { readonly image: string }[] }
  readonly status?: {
    readonly phase?: string
    readonly conditions?: readonly { readonly type: string; readonly status: string }[]
  }
}

/** The pods of one part, those that drain included. */
export const podsOf = (cluster: Cluster, namespace: string, part: PodPart): Promise<Pod[]> => {
  const selector = Object.entries(selectorLabels(part)).map(([label, value]) => `${label}=${value}`)
  return cluster.list<Pod>('v1/Pod', namespace, selector.join(','))
}

export const isReady = ({ metadata, status }: Pod): boolean =>
  metadata.deletionTimestamp === undefined &&
  status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') === true

export const isDraining = ({ metadata }: Pod): boolean => metadata.deletionTimestamp !== undefined

export const imageOf = ({ spec }: Pod): string => spec.containers[0]?.image ?? ''

/** While a pod bears it, kwok lets it drain and never ends it: as a pod that still works on a run. See `kwok/pod-end.yaml`. */
export const holds = 'hadal.test/holds'
