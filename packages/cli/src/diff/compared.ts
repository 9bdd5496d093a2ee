import type { KubernetesObject } from '@hadal/charts/rendered-object'
import type { FieldChange } from './field-changes.ts'

/** One object as it was and as it is; a side on which it doesn't stand is missing. */
export interface ComparedObject {
  readonly kind: string
  readonly name: string
  /** The component that makes it, or made it. */
  readonly component: string
  readonly before?: KubernetesObject
  readonly after?: KubernetesObject
  /** What differs; empty where nothing does, or where a side is missing. */
  readonly changes: readonly FieldChange[]
}

/** All objects of one environment on both sides: what a rule sees beyond the object that it looks at. */
export interface Sides {
  readonly before: readonly KubernetesObject[]
  readonly after: readonly KubernetesObject[]
}

export interface ComparedEnvironment extends Sides {
  readonly name: string
  readonly state: 'new' | 'removed' | 'kept'
  readonly objects: readonly ComparedObject[]
  /** Sentences about files at the base that hold no object, and so are not compared. */
  readonly notes: readonly string[]
}

/** What a reviewer must not miss in one object. */
export interface Danger {
  /** The field, from the object down; empty: the object as a whole. */
  readonly field: string
  /** What happens to it, as a sentence. */
  readonly what: string
  /** Why that is dangerous, as a sentence. */
  readonly why: string
}

/** Looks at one object of a kept environment, changed or not, with all others of its environment at hand. */
export type DangerRule = (object: ComparedObject, sides: Sides) => readonly Danger[]
