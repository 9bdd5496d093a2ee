import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonRecord } from '@hadal/charts/rendered-object'
import { joinPath } from '@hadal/charts/validate/read-json'

/** One field that differs. A side where it doesn't stand is undefined. */
export interface FieldChange {
  /** `spec.template.spec.containers[deep-agents].image`: an item of a list goes by its name, where items have one. */
  readonly path: string
  readonly before?: Json
  readonly after?: Json
}

/** Fields that name an item among its neighbours, the first that all items bear. */
const identities = ['name', 'secretKey', 'key', 'alert', 'record', 'mountPath', 'containerPort', 'type', 'kind', 'port']

const isRecord = (value: Json | undefined): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

/** What differs between two values, field by field, in the order of the fields. Empty where they say the same. */
export function fieldChanges(before: Json | undefined, after: Json | undefined, path = ''): readonly FieldChange[] {
  if (isDeepStrictEqual(before, after)) return []
  const changes =
    isRecord(before) && isRecord(after)
      ? recordChanges(before, after, path)
      : isList(before) && isList(after)
        ? listChanges(before, after, path)
        : []
  // Neither alike nor with a field that differs: other kinds of values, or the same items in another order.
  return changes.length > 0 ? changes : [{ path, before, after }]
}

function recordChanges(before: JsonRecord, after: JsonRecord, path: string): FieldChange[] {
  const keys = new Set([...Object.keys(before), ...Object.keys(after)])
  return [...keys].flatMap((key) => fieldChanges(before[key], after[key], joinPath(path, key)))
}

function listChanges(before: readonly Json[], after: readonly Json[], path: string): FieldChange[] {
  const [named, namedAfter] = [byName(before, after), byName(after, before)]
  if (named && namedAfter) {
    const names = new Set([...named.keys(), ...namedAfter.keys()])
    return [...names].flatMap((name) => fieldChanges(named.get(name), namedAfter.get(name), `${path}[${name}]`))
  }
  // Items without names: those that stand on both sides are set aside, the rest is paired in its order.
  const gone = without(before, after)
  const added = without(after, before)
  return Array.from({ length: Math.max(gone.length, added.length) }, (_, index) => index).flatMap((index) => {
    const [old, fresh] = [gone[index], added[index]]
    const at = `${path}[${old ? before.indexOf(old) : fresh === undefined ? index : after.indexOf(fresh)}]`
    return isRecord(old) && isRecord(fresh) ? fieldChanges(old, fresh, at) : [{ path: at, before: old, after: fresh }]
  })
}

/** The items by what names them, numbered where two have one name; undefined where no field names all items of both lists. */
function byName(items: readonly Json[], others: readonly Json[]): ReadonlyMap<string, Json> | undefined {
  const all = [...items, ...others]
  const identity = identities.find((field) => all.every((item) => isRecord(item) && isName(item[field])))
  if (identity === undefined || all.length === 0) return undefined
  const named = new Map<string, Json>()
  for (const item of items) {
    const name = String((item as JsonRecord)[identity])
    let unique = name
    for (let count = 2; named.has(unique); count++) unique = `${name} ${count}`
    named.set(unique, item)
  }
  return named
}

const isName = (value: Json | undefined): boolean => typeof value === 'string' || typeof value === 'number'

/** The items that `others` lacks; each of `others` stands for one. */
function without(items: readonly Json[], others: readonly Json[]): Json[] {
  const left = [...others]
  return items.filter((item) => {
    const index = left.findIndex((other) => isDeepStrictEqual(item, other))
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
}
