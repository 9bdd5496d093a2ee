import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonRecord } from '@hadal/charts/rendered-object'
import { joinPath } from '@hadal/charts/validate/read-json'

/** One field that differs between two objects. A missing field is undefined. */
export interface FieldChange {
  /** Path of the field, e.g. `spec.template.spec.containers[agent].image`. List items are identified by their name, if they have one. */
  readonly path: string
  readonly before?: Json
  readonly after?: Json
}

/** Fields that identify an item of a list. The first one that all items have is used. */
const identities = ['name', 'secretKey', 'key', 'alert', 'record', 'mountPath', 'containerPort', 'type', 'kind', 'port']

const isRecord = (value: Json | undefined): value is JsonRecord =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value)

/** Compares two values and returns the fields that differ, in the order of the fields. Empty if the values are equal. */
export function fieldChanges(before: Json | undefined, after: Json | undefined, path = ''): readonly FieldChange[] {
  if (isDeepStrictEqual(before, after)) return []
  const changes =
    isRecord(before) && isRecord(after)
      ? recordChanges(before, after, path)
      : isList(before) && isList(after)
        ? listChanges(before, after, path)
        : []
  // Different without a differing field: values of different types, or the same items in another order.
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
  // Items without names: equal items are skipped, the others are paired in their order.
  const gone = without(before, after)
  const added = without(after, before)
  return Array.from({ length: Math.max(gone.length, added.length) }, (_, index) => index).flatMap((index) => {
    const [old, fresh] = [gone[index], added[index]]
    const at = `${path}[${old ? before.indexOf(old) : fresh === undefined ? index : after.indexOf(fresh)}]`
    return isRecord(old) && isRecord(fresh) ? fieldChanges(old, fresh, at) : [{ path: at, before: old, after: fresh }]
  })
}

/** The items by name, with a number for repeated names. Undefined if no field identifies all items of both lists. */
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

/** List items of one object that are not in `others`. Each item of `others` matches one item. */
function without(items: readonly Json[], others: readonly Json[]): Json[] {
  const left = [...others]
  return items.filter((item) => {
    const index = left.findIndex((other) => isDeepStrictEqual(item, other))
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
}
