import type { Json, JsonRecord, KubernetesObject } from '@hadal/charts/rendered-object'
import { listAt, recordAt, textAt, textsAt } from '@hadal/charts/validate/read-json'

/** Where an object's pod template stands, for the kinds whose pods are written here and not by an operator. */
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
  /** Path of the pod's `spec` inside the object. */
  readonly path: string
}

export interface Container {
  readonly name: string
  readonly fields: Json
  /** Inside the object: `spec.template.spec.containers[deep-agents]`. */
  readonly path: string
}

/** The pods that an object makes; undefined for one that makes none. */
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

/** Containers and init containers of an object's pods. */
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

/** Each container that stands on both sides, by its name. */
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
