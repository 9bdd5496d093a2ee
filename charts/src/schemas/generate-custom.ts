import { createHash } from 'node:crypto'
import { parse } from 'yaml'
import type { JsonSchema } from './json-schema.ts'
import { mapValues, strict } from './strict.ts'

interface CustomResourceDefinition {
  readonly spec: {
    readonly group: string
    readonly names: { readonly kind: string }
    readonly versions: readonly {
      readonly name: string
      readonly served: boolean
      readonly storage: boolean
      readonly deprecated?: boolean
      readonly schema: { readonly openAPIV3Schema: JsonSchema }
    }[]
  }
}

/**
 * Strict schemas of the stored version of each CustomResourceDefinition in `text`, by `apiVersion/kind`.
 * @param without parts to leave out, as `Kind.property.property`
 */
export function customSchemas(text: string, without: readonly string[]): Record<string, JsonSchema> {
  const { group, names, versions } = (parse(text) as CustomResourceDefinition).spec
  const stored = versions.find((version) => version.storage)
  if (!stored) throw new Error(`The definition of ${names.kind} in ${group} stores no version.`)
  const apiVersion = `${group}/${stored.name}`
  const schema = strict(stored.schema.openAPIV3Schema)
  const properties: Record<string, JsonSchema> = {
    ...schema.properties,
    apiVersion: { enum: [apiVersion] },
    kind: { enum: [names.kind] },
    metadata: { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' },
  }
  delete properties.status
  const left = without
    .map((path) => path.split('.'))
    .filter(([kind]) => kind === names.kind)
    .reduce<JsonSchema>((whole, [, ...path]) => withoutPart(whole, path), { ...schema, properties })
  return { [`${apiVersion}/${names.kind}`]: left }
}

/** A schema that doesn't know one of its properties, at any depth. */
function withoutPart(schema: JsonSchema, [name, ...rest]: readonly string[]): JsonSchema {
  const { [name ?? '']: part, ...others } = schema.properties ?? {}
  if (name === undefined || part === undefined) throw new Error(`There is no part ${name} to leave out.`)
  if (rest.length > 0) return { ...schema, properties: { ...others, [name]: withoutPart(part, rest) } }
  const { required, ...open } = schema
  const needed = (required ?? []).filter((property) => property !== name)
  return { ...open, properties: others, ...(needed.length > 0 ? { required: needed } : {}) }
}

/** A part smaller than this is shorter written out than referred to. */
const worthSharing = 160

/** Custom resources repeat themselves (an Argo CD source stands in one four times); each repeated part becomes a definition. */
export function shareRepeatedParts(roots: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> {
  const seen = new Map<string, number>()
  const count = (schema: JsonSchema): void => {
    const text = JSON.stringify(schema)
    if (text.length < worthSharing) return
    const times = (seen.get(text) ?? 0) + 1
    seen.set(text, times)
    // What stands inside a repeated part is not repeated on its own account.
    if (times === 1) for (const part of parts(schema)) count(part)
  }
  for (const root of Object.values(roots)) count(root)

  const shared: Record<string, JsonSchema> = {}
  const share = (schema: JsonSchema): JsonSchema => {
    const text = JSON.stringify(schema)
    if ((seen.get(text) ?? 0) < 2) return replaceParts(schema, share)
    const name = `part-${createHash('sha256').update(text).digest('hex').slice(0, 12)}`
    shared[name] ??= replaceParts(schema, share)
    return { $ref: `#/definitions/${name}` }
  }
  const replaced = mapValues(roots, (root) => replaceParts(root, share))
  return { ...replaced, ...mapValues(shared, (part) => part) }
}

function parts(schema: JsonSchema): JsonSchema[] {
  const nested = typeof schema.additionalProperties === 'object' ? [schema.additionalProperties] : []
  return [...Object.values(schema.properties ?? {}), ...(schema.items ? [schema.items] : []), ...nested]
}

function replaceParts(schema: JsonSchema, change: (part: JsonSchema) => JsonSchema): JsonSchema {
  return {
    ...schema,
    ...(schema.properties ? { properties: mapValues(schema.properties, change) } : {}),
    ...(schema.items ? { items: change(schema.items) } : {}),
    ...(typeof schema.additionalProperties === 'object'
      ? { additionalProperties: change(schema.additionalProperties) }
      : {}),
  }
}
