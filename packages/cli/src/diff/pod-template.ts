import type { Json, JsonRecord, KubernetesObject } from '@hadal/charts/rendered-object'
import { listAt, recordAt, textAt, textsAt } from '@hadal/charts/validate/read-json'

/** Path of the pod template by kind. Kinds whose pods an operator creates have none. */
const places: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec', 'template'],
  StatefulSet: ['spec', 'template'],
  DaemonSet: ['spec', 'template'],
  Job: ['spec', 'template'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template'],
}

export interface PodTemplate {
  readonly labels: Readonly<Record<string, string>>
  readonly spec: JsonRecord
  /** Path of the pod's `spec` inside an object with a pod template. */
  readonly path: string
}

export interface Container {
  readonly name: string
  readonly fields: Json
  /** Path of the container in the object, e.g. `spec.template.spec.containers[agent]`. */
  readonly path: string
}

/** The pod template of an object; undefined if its kind has none. */
export function podTemplate(object: KubernetesObject | undefined): PodTemplate | undefined {
  const place = object && places[object.kind]
  if (!object || !place) return undefined
  const template = recordAt(object, ...place)
  return {
    labels: textsAt(template, 'metadata', 'labels'),
    spec: recordAt(template, 'spec'),
    path: [...place, 'spec'].join('.'),
  }
}

/** All containers and init containers in the pod template of a Kubernetes object. */
export function containersOf(object: KubernetesObject | undefined): readonly Container[] {
  const pod = podTemplate(object)
  if (!pod) return []
  return ['initContainers', 'containers'].flatMap((list) =>
    listAt(pod.spec, list).map((fields): Container => {
      const name = textAt(fields, 'name') ?? ''
      return { name, fields, path: `${pod.path}.${list}[${name}]` }
    }),
  )
}

/** Pairs the containers of two versions of an object by name. Containers on one side only are omitted. */
export function containerPairs(
  before: KubernetesObject | undefined,
  after: KubernetesObject | undefined,
): readonly { readonly before: Container; readonly after: Container }[] {
  const old = containersOf(before)
  return containersOf(after).flatMap((container) => {
    const earlier = old.find(({ name }) => name === container.name)
    return earlier ? [{ before: earlier, after: container }] : []
  })
}
