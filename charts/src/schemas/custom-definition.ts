import { parse } from 'yaml'
import type { JsonSchema } from './json-schema.ts'
import type { CustomSource } from './sources.ts'

/** A CustomResourceDefinition in the form that the API server accepts. */
interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string
    readonly names: { readonly kind: string }
    readonly versions: readonly {
      readonly name: string
      readonly storage: boolean
      readonly schema: { readonly openAPIV3Schema: JsonSchema }
    }[]
  }
}

/** CustomResourceDefinition of a kind, reduced to its storage version and to the fields that the charts may set. */
export interface CustomDefinition {
  readonly group: string
  readonly version: string
  readonly kind: string
  /** Schema of the custom kind without `status`. Types of Kubernetes itself are a `$ref`. */
  readonly schema: JsonSchema
}

/** Prefix of a `$ref` to a type of `core/v1`. */
export const coreReference = '#/definitions/io.k8s.api.core.v1.'

/** Reads one CustomResourceDefinition, without the parts that `sources.ts` leaves out. */
export function customDefinition(text: string, { core = {}, without = [] }: CustomSource): CustomDefinition {
  const { group, names, versions } = (parse(text) as CustomResourceDefinition).spec
  const stored = versions.find((version) => version.storage)
  if (!stored) throw new Error(`The definition of ${names.kind} in ${group} stores no version.`)
  const ofKind = (path: string): string[] | undefined => {
    const [kind, ...properties] = path.split('.')
    return kind === names.kind ? properties : undefined
  }
  let schema = stored.schema.openAPIV3Schema
  if (schema.properties?.status) schema = changed(schema, ['status'], undefined)
  for (const path of without.flatMap((path) => [ofKind(path) ?? []])) schema = changed(schema, path, undefined)
  for (const [path, type] of Object.entries(core)) {
    const properties = ofKind(path)
    if (properties) schema = changed(schema, properties, { $ref: `${coreReference}${type}` })
  }
  return { group, version: stored.name, kind: names.kind, schema }
}

/**
 * Returns a schema in which one property is replaced, or left out if `part` is undefined. A path leads through lists to the schema of their
 * items.
 *
 * @throws Error if the schema has no such property
 */
function changed(schema: JsonSchema, [name, ...rest]: readonly string[], part: JsonSchema | undefined): JsonSchema {
  if (name === undefined) return schema
  if (schema.items) return { ...schema, items: changed(schema.items, [name, ...rest], part) }
  const { [name]: before, ...others } = schema.properties ?? {}
  if (before === undefined) throw new Error(`The definition has no property ${name} to leave out or to replace.`)
  if (rest.length > 0) return { ...schema, properties: { ...schema.properties, [name]: changed(before, rest, part) } }
  if (part) {
    const replaced = before.items ? { ...before, items: part } : part
    return { ...schema, properties: { ...schema.properties, [name]: replaced } }
  }
  const required = (schema.required ?? []).filter((property) => property !== name)
  const { required: _, ...open } = schema
  return { ...open, properties: others, ...(required.length > 0 ? { required } : {}) }
}
