import type { Environment } from '@hadal/platform/environment'
import { valueAt } from '@hadal/platform/field-schema'
import type { SchemaLeaf } from '@hadal/platform/fixtures/schema-leaves'

export type Keys = readonly (string | number)[]

/** Keys of a leaf's path, with the first item of each list and the first entry of each record. Undefined if the parent does not exist. */
function keysOfPath(path: string, root: unknown): Keys | undefined {
  const steps = path.split('.').flatMap((step) => (step.endsWith('[]') ? [step.slice(0, -2), 0] : [step]))
  const keys: (string | number)[] = []
  for (const step of steps) {
    const parent = valueAt(root, keys)
    if (typeof parent !== 'object' || parent === null) return undefined
    const key = step === '*' ? Object.keys(parent)[0] : step
    if (key === undefined) return undefined
    keys.push(key)
  }
  return keys
}

/**
 * Keys from an environment to a leaf of its schema, e.g. `['slo', 'burnRates', 0, 'budgetPercent']`. Undefined if the environment has another
 * variant of a union, an empty list, an empty record, or no parent object of the leaf.
 */
export function keysOf({ path, variants }: Pick<SchemaLeaf, 'path' | 'variants'>, root: unknown): Keys | undefined {
  const hasVariants = variants.every((variant) => {
    const keys = keysOfPath(variant.path, root)
    return keys !== undefined && valueAt(root, keys) === variant.value
  })
  return hasVariants ? keysOfPath(path, root) : undefined
}

/** A copy of an environment with another value at some keys. */
export function withValue(base: Environment, keys: Keys, value: unknown): Environment {
  const copy = structuredClone(base)
  const parent = valueAt(copy, keys.slice(0, -1))
  const last = keys.at(-1)
  if (typeof parent !== 'object' || parent === null || last === undefined)
    throw new Error(`An environment has nothing at ${keys.join('.')}.`)
  Reflect.set(parent, last, value)
  return copy
}
