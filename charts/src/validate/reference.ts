import type { Json, RenderedObject } from '../rendered-object.ts'
import type { Keyed } from './made.ts'
import type { Finding } from './manifest-problem.ts'
import { choices } from './subject.ts'

/** A reference of one object to another that must exist. */
export interface Reference {
  readonly rendered: RenderedObject
  readonly field: string
  /** Kind of the referenced object, for the error: `Secret`, `ConfigMap`, `Service`. */
  readonly kind: string
  readonly name: string | undefined
  /** Used keys of the referenced object, each with the field that names it. */
  readonly keys?: readonly { readonly key: string | undefined; readonly field: string }[]
}

/** The problems of a reference: the other object does not exist, or lacks a key. */
export function checkReference({ rendered, field, kind, name, keys = [] }: Reference, made: Keyed): Finding[] {
  // The schema reports a missing name.
  if (name === undefined) return []
  if (!made.has(name)) {
    return [
      {
        rendered,
        field,
        problem: `${kind} "${name}" does not exist.`,
        mend: `Use one that exists: ${choices(made.keys())}.`,
      },
    ]
  }
  const known = made.get(name)
  if (known === undefined) return []
  return keys.flatMap((it): Finding[] => {
    if (it.key === undefined || known.has(it.key)) return []
    const problem = `${kind} "${name}" has no key "${it.key}".`
    return [{ rendered, field: it.field, problem, mend: `Its keys are ${choices(known)}.` }]
  })
}

export const isOptional = (value: Json | undefined): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  (value as { optional?: Json }).optional === true
