import { isDeepStrictEqual } from 'node:util'
import { defineEnvironment } from '@hadal/platform/define-environment'
import type { Environment } from '@hadal/platform/environment'
import { valueAt } from '@hadal/platform/field-schema'
import type { SchemaLeaf } from '@hadal/platform/fixtures/schema-leaves'
import { EnvironmentProblems } from '@hadal/platform/problem'
import { z } from 'zod'
import { type Keys, keysOf, withValue } from './keys-of.ts'
import { behaviours, type Observation, results } from './observations.ts'
import { otherValues } from './other-values.ts'
import { bases } from './schema-bases.ts'

/** Maximum number of environments and of values per environment on which a leaf without an effect is tried. */
const most = { bases: 4, values: 3 }

/**
 * `effect`: an object, a Pulumi resource or a behaviour changes with the leaf. `none`: nothing changes. The others say what the test lacks.
 */
export type Effect = 'effect' | 'none' | 'no base' | 'no value'

const before = new Map<string, string>()

async function changes(observe: Observation, environment: Environment, base: Environment): Promise<boolean> {
  const key = `${results.indexOf(observe)} ${bases.indexOf(base)}`
  const known = results.includes(observe) ? before.get(key) : undefined
  const unchanged = known ?? (await observe(base, base))
  before.set(key, unchanged)
  return (await observe(environment, base)) !== unchanged
}

/** Whether the configuration of an environment is valid. */
function isValid(environment: Environment): boolean {
  try {
    defineEnvironment(environment)
    return true
  } catch (error) {
    if (error instanceof EnvironmentProblems) return false
    throw error
  }
}

/** The environment with other values of one leaf, as far as they are valid, one after another. Another variant of a union is taken from the other environments. */
function* changed({ path, variants, schema }: SchemaLeaf, base: Environment, keys: Keys): Generator<Environment> {
  const current = valueAt(base, keys)
  const union = keys.slice(0, -1)
  const environments = isUnion(schema)
    ? bases.flatMap((other) => {
        const from = keysOf({ path, variants }, other)
        const variant = from && valueAt(other, from)
        return from === undefined || variant === undefined || variant === current
          ? []
          : [withValue(base, union, valueAt(other, from.slice(0, -1)))]
      })
    : [...otherValues(schema, current), ...valuesOfOthers({ path, variants, schema })]
        .filter((value) => !isDeepStrictEqual(value, current))
        .map((value) => withValue(base, keys, value))
  let count = 0
  for (const environment of environments) {
    if (!isValid(environment)) continue
    yield environment
    if (++count === most.values) return
  }
}

/** Values of a leaf in all environments, for a leaf such as a list of objects that has no generated values. */
const valuesOfOthers = (leaf: SchemaLeaf): unknown[] =>
  bases.flatMap((other) => {
    const keys = keysOf(leaf, other)
    const value = keys && valueAt(other, keys)
    return value === undefined ? [] : [value]
  })

const isUnion = (schema: unknown): boolean => schema instanceof z.ZodDiscriminatedUnion

/** Effect of one leaf of the environment's schema. */
export async function leafEffect(leaf: SchemaLeaf): Promise<Effect> {
  const observations = [...results, ...(leaf.path in behaviours ? [behaviours[leaf.path]] : [])].flatMap(
    (one) => one ?? [],
  )
  let effect: Effect = 'no base'
  let tried = 0
  for (const base of bases) {
    const keys = keysOf(leaf, base)
    if (keys === undefined) continue
    let anyValid = false
    for (const environment of changed(leaf, base, keys)) {
      anyValid = true
      for (const observe of observations) if (await changes(observe, environment, base)) return 'effect'
    }
    if (!anyValid) {
      if (effect === 'no base') effect = 'no value'
      continue
    }
    effect = 'none'
    if (++tried === most.bases) break
  }
  return effect
}
