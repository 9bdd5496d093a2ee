import type { RenderedObject } from '@hadal/charts/rendered-object'
import type { Destination } from '@hadal/platform/schema/destination'
import type { Evidence, Subject } from '../checklist-item.ts'
import { inObject } from '../evidence.ts'

/** Something that the environment needs and that none of its manifests creates. */
export interface Reliance {
  /** Description of something that the environment needs, without a full stop. */
  readonly what: string
  /** Who provides it. `cluster`: the cluster's operator. `stack`: this repository's Pulumi stack. `outside`: a service outside the cluster. */
  readonly from: 'cluster' | 'stack' | 'outside'
  /** Place in the environment's files that shows the need. */
  readonly evidence: Evidence
}

/** A list with one reliance, or without any if there is no evidence of the need. */
export const relianceOn = (what: string, from: Reliance['from'], evidence: Evidence | undefined): Reliance[] =>
  evidence ? [{ what, from, evidence }] : []

/** Evidence in the first object of a kind. Undefined if there is none. */
export function inFirst(
  subject: Subject,
  kind: string,
  path: readonly (string | number)[] = ['kind'],
): Evidence | undefined {
  const rendered = subject.objects.find((object) => object.kind === kind)
  return rendered && inObject(subject, rendered, path, countText(subject.objects, kind))
}

/** Formats the number of objects of a kind: `1 Cluster`, `9 NetworkPolicies`. */
export function countText(objects: readonly RenderedObject[], kind: string): string {
  const count = objects.filter((object) => object.kind === kind).length
  return `${count} ${count === 1 ? kind : kind.replace(/y$/, 'ie').replace(/$/, 's')}`
}

/** Formats a destination: `pods app=litellm in namespace platform, port 4000`. */
export function destinationText(destination: Destination): string {
  const ports = `${destination.ports.length === 1 ? 'port' : 'ports'} ${destination.ports.join(', ')}`
  if (destination.kind === 'addresses') return `${destination.cidrs.join(', ')}, ${ports}`
  const labels = Object.entries(destination.labels).map(([key, value]) => `${key}=${value}`)
  return `pods ${labels.join(', ')} in namespace ${destination.namespace}, ${ports}`
}
