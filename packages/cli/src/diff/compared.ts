import type { KubernetesObject } from '@hadal/charts/rendered-object'
import type { Environment } from '@hadal/platform/environment'
import type { FieldChange } from './field-changes.ts'

/** One object before and after the change. A new object has no `before`, a removed one no `after`. */
export interface ComparedObject {
  readonly kind: string
  readonly name: string
  /** Component that renders the object, or rendered it. */
  readonly component: string
  readonly before?: KubernetesObject
  readonly after?: KubernetesObject
  /** Fields of the compared object that differ. Empty if nothing differs, or if the object is new or removed. */
  readonly changes: readonly FieldChange[]
}

/** All objects of one environment before and after the change, as context for a danger rule. */
export interface Sides {
  readonly before: readonly KubernetesObject[]
  readonly after: readonly KubernetesObject[]
}

/** Both configurations of an environment, or why that of the base can't be read. */
export type ComparedConfiguration =
  | { readonly before: Environment; readonly after: Environment }
  | { readonly unread: string }

export interface ComparedEnvironment extends Sides {
  readonly name: string
  readonly state: 'new' | 'removed' | 'kept'
  readonly objects: readonly ComparedObject[]
  /** Configurations of an environment that exists before and after the change. */
  readonly configuration?: ComparedConfiguration
  /** Name of a new environment with the namespace of this removed one. */
  readonly renamedTo?: string | undefined
  /** Sentences about files at the base that contain no Kubernetes object and are therefore not compared. */
  readonly notes: readonly string[]
}

/** A change to an object that a reviewer must not miss. */
export interface Danger {
  /** Path of the dangerous change's field in the object. Empty if the danger concerns the whole object. */
  readonly field: string
  /** What the dangerous change is, as a sentence. */
  readonly what: string
  /** Why the change of an object is dangerous, as a sentence. */
  readonly why: string
}

/**
 * Rule that finds dangers in one object, changed or not, of an environment that exists before and after. `sides` has the environment's other
 * objects.
 */
export type DangerRule = (object: ComparedObject, sides: Sides) => readonly Danger[]
