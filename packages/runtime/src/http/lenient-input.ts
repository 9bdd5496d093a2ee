import { isObject } from '@hadal/middleware/unknown-value'
import type { z } from 'zod'
import { isRefused, refuseUnknown } from './exact-object.ts'

type Path = readonly PropertyKey[]

/** A field that is removed from a request before the request is validated again. */
interface Removal {
  readonly path: Path
  /** Whether the response names the field. It does not name null, which means absence. */
  readonly named: boolean
}

/** Result of a lenient validation: the validated value or its issues, and the unknown fields that were ignored. */
export type LenientResult<Output> = { readonly ignored: readonly string[] } & (
  | { readonly success: true; readonly data: Output }
  | { readonly success: false; readonly issues: readonly z.core.$ZodIssue[] }
)

/**
 * Validates a value of a request by a schema. Unknown fields at any depth are ignored, except those of an exactObject, and a null where the schema
 * does not allow null counts as an absent field.
 *
 * @param value a parsed JSON value. Ignored fields are removed from it
 * @param refuses whether all objects refuse unknown fields
 */
export function parseLeniently<Schema extends z.ZodType>(
  schema: Schema,
  value: unknown,
  refuses = false,
): LenientResult<z.output<Schema>> {
  const ignored: string[] = []
  for (;;) {
    const result = schema.safeParse(value, refuses ? { error: refuseUnknown } : undefined)
    if (result.success) return { success: true, data: result.data, ignored }
    // Each round removes a field, so the rounds end. Another round is needed because a branch of a union is only chosen without unknown fields.
    const removals = removalsFor(result.error.issues, value)
    if (removals.length === 0) return { success: false, issues: result.error.issues, ignored }
    for (const { path, named } of removals) {
      const holder = valueAt(value, path.slice(0, -1))
      const key = path.at(-1)
      if (isObject(holder) && key !== undefined) Reflect.deleteProperty(holder, key)
      if (named) ignored.push(path.map(String).join('.'))
    }
  }
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (at, key) => (isObject(at) && Object.hasOwn(at, key) ? Reflect.get(at, key) : undefined),
    value,
  )
}

/** Whether the path leads to a field with the value null. Elements of arrays are not fields: an array must keep its length. */
const isNullField = (value: unknown, path: Path): boolean =>
  path.length > 0 && valueAt(value, path) === null && !Array.isArray(valueAt(value, path.slice(0, -1)))

const removalsFor = (issues: readonly z.core.$ZodIssue[], value: unknown): Removal[] =>
  issues.flatMap((issue) => removalsOf(issue, value))

function removalsOf(issue: z.core.$ZodIssue, value: unknown): Removal[] {
  const { path } = issue
  if (issue.code === 'unrecognized_keys') {
    if (isRefused(issue)) return []
    const holder = valueAt(value, path)
    return issue.keys.map((key) => ({ path: [...path, key], named: valueAt(holder, [key]) !== null }))
  }
  if (isNullField(value, path)) return [{ path, named: false }]
  if (issue.code !== 'invalid_union') return []
  const at = valueAt(value, path)
  const branches = issue.errors
    .map((issues) => issues.map((one) => removalsOf(one, at)))
    // Removals must settle every issue of the branch. Otherwise the value is not meant for it.
    .filter((removals) => removals.length > 0 && removals.every((ofIssue) => ofIssue.length > 0))
    .map((removals) => removals.flat())
  const losses = branches.map((removals) => removals.reduce((sum, one) => sum + leaves(valueAt(at, one.path)), 0))
  const chosen = branches[losses.indexOf(Math.min(...losses))] ?? []
  return chosen.map((removal) => ({ ...removal, path: [...path, ...removal.path] }))
}

/** Number of values in a value, which measures how much a removal loses. */
function leaves(value: unknown): number {
  if (!isObject(value)) return 1
  return Math.max(
    1,
    Object.values(value).reduce<number>((sum, one) => sum + leaves(one), 0),
  )
}
