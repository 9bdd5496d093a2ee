import { readFileSync } from 'node:fs'
import { type KubernetesVersion, kubernetesVersions } from '@hadal/platform/schema/cluster'
import type { JsonSchema, SchemaFile } from './json-schema.ts'

/** Schemas of the kinds of one Kubernetes version and of the custom kinds. */
export interface SchemaSet {
  /** Names of definitions by `apiVersion/kind`. */
  readonly kinds: Readonly<Record<string, string>>
  /** Definitions by name. They refer to each other by `#/definitions/<name>`. */
  readonly definitions: Readonly<Record<string, JsonSchema>>
}

/** The schemas of one Kubernetes version. */
export function schemaSet(version: KubernetesVersion): SchemaSet {
  const set = allSets().get(version)
  if (!set)
    throw new Error(`There are no schemas of Kubernetes ${version}: ${kubernetesVersions.join(', ')} are known.`)
  return set
}

/**
 * Schemas for objects that every version accepts: the fields that all versions have, and the requirements of any
 * version. An object is valid here exactly if it is valid in each version.
 */
export function schemaSetOfAllVersions(): SchemaSet {
  const [first, ...others] = [...allSets().values()]
  if (!first) throw new Error('No Kubernetes version is listed.')
  const definitions = { ...first.definitions }
  for (const other of others) {
    for (const [name, definition] of Object.entries(other.definitions)) {
      const before = definitions[name]
      // A definition that an older version lacks is used only by a field that it lacks too.
      if (before && before !== definition) definitions[name] = meet(name, before, definition)
    }
  }
  return { kinds: first.kinds, definitions }
}

function meet(name: string, a: JsonSchema, b: JsonSchema): JsonSchema {
  const { properties: ofA = {}, required: neededByA = [], ...restOfA } = a
  const { properties: ofB = {}, required: neededByB = [], ...restOfB } = b
  const properties: Record<string, JsonSchema> = {}
  for (const [property, schema] of Object.entries(ofA)) {
    const other = ofB[property]
    if (other) properties[property] = meetOfProperty(`${name}.${property}`, schema, other)
  }
  if (!isSame(restOfA, restOfB)) throw unknownDifference(name)
  const required = [...new Set([...neededByA, ...neededByB])]
  return { ...restOfA, properties, ...(required.length > 0 ? { required } : {}) }
}

/** The schema of a property that both versions accept: the same schema, or one with the fixed values that both list. */
function meetOfProperty(name: string, a: JsonSchema, b: JsonSchema): JsonSchema {
  if (isSame(a, b)) return a
  const { enum: ofA, items: itemsOfA, ...restOfA } = a
  const { enum: ofB, items: itemsOfB, ...restOfB } = b
  if (!isSame(restOfA, restOfB)) throw unknownDifference(name)
  // If only one version lists values, the other accepts any.
  const values = ofA && ofB ? { enum: ofA.filter((value) => ofB.includes(value)) } : { enum: ofA ?? ofB }
  const items = itemsOfA && itemsOfB ? { items: meetOfProperty(`${name}[]`, itemsOfA, itemsOfB) } : {}
  return { ...restOfA, ...(values.enum ? values : {}), ...items }
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

const unknownDifference = (name: string): Error =>
  new Error(
    `${name} differs between Kubernetes versions in a way that is not known. Teach meet() in charts/src/schemas/schema-set.ts that difference.`,
  )

let loaded: ReadonlyMap<KubernetesVersion, SchemaSet> | undefined

function allSets(): ReadonlyMap<KubernetesVersion, SchemaSet> {
  loaded ??= loadSets()
  return loaded
}

function loadSets(): ReadonlyMap<KubernetesVersion, SchemaSet> {
  const custom = read('custom.json')
  const sets = new Map<KubernetesVersion, SchemaSet>()
  let definitions: Record<string, JsonSchema> = custom.definitions
  for (const version of kubernetesVersions) {
    const file = read(`kubernetes-${version}.json`)
    // Each file holds what differs from the one before.
    definitions = { ...definitions, ...file.definitions }
    sets.set(version, { kinds: { ...file.kinds, ...custom.kinds }, definitions })
  }
  return sets
}

function read(name: string): SchemaFile {
  return JSON.parse(readFileSync(new URL(`./generated/${name}`, import.meta.url), 'utf8')) as SchemaFile
}
