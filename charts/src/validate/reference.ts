import type { Json, RenderedObject } from '../rendered-object.ts'
import type { Keyed } from './made.ts'
import type { Finding } from './manifest-problem.ts'
import { choices } from './subject.ts'

/** One place that names something which something else must make. */
export interface Reference {
  readonly rendered: RenderedObject
  readonly field: string
  /** `Secret`, `ConfigMap`, `Service` …: as the sentence calls it. */
  readonly kind: string
  readonly name: string | undefined
  /** Keys of it that are used there, each with the field that names it. */
  readonly keys?: readonly { readonly key: string | undefined; readonly field: string }[]
}

/** What is wrong with a reference: nothing makes the thing, or the thing lacks the key. */
export function checkReference({ rendered, field, kind, name, keys = [] }: Reference, made: Keyed): Finding[] {
  // A name that is missing is the schema's matter.
  if (name === undefined) return []
  if (!made.has(name)) {
    return [
      {
        rendered,
        field,
        problem: `Nothing makes ${kind} "${name}".`,
        mend: `${kind}s are made: ${choices(made.keys())}.`,
      },
    ]
  }
  const known = made.get(name)
  if (known === undefined) return []
  return keys.flatMap((it): Finding[] => {
    if (it.key === undefined || known.has(it.key)) return []
    const problem = `${kind} "${name}" has no "${it.key}".`
    return [{ rendered, field: it.field, problem, mend: `It has ${choices(known)}.` }]
  })
}

export const isOptional = (value: Json | undefined): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  (value as { optional?: Json }).optional === true
