import { ApiObject, type ApiObjectMetadata, type GroupVersionKind } from 'cdk8s'
import { k8s } from 'cdk8s-plus-28'
import type { Construct } from 'constructs'

/** Props of a custom kind's construct. */
export interface CustomKindProps<Spec> {
  readonly metadata: ApiObjectMetadata
  readonly spec: Spec
}

/** The base class of a custom kind's construct, of the form that `cdk8s import` generates: `new Cluster(this, 'cluster', { metadata, spec })`. */
export function customKind<Spec>(gvk: GroupVersionKind) {
  return class extends ApiObject {
    static readonly GVK: GroupVersionKind = gvk

    constructor(scope: Construct, id: string, { metadata, spec }: CustomKindProps<Spec>) {
      super(scope, id, { ...gvk, metadata, spec: withoutUnions(spec) })
    }
  }
}

/** A value whose quantities and int-or-strings are plain strings and numbers: only a generated construct unwraps the classes. */
function withoutUnions(value: unknown): unknown {
  if (value instanceof k8s.Quantity || value instanceof k8s.IntOrString) return value.value
  if (Array.isArray(value)) return value.map(withoutUnions)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([field, part]) => [field, withoutUnions(part)]))
}
