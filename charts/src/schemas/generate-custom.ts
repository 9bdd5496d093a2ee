import { createHash } from 'node:crypto'
import type { CustomDefinition } from './custom-definition.ts'
import type { JsonSchema } from './json-schema.ts'
import { mapValues, strict } from './strict.ts'

/** The strict schema of a custom kind, by `apiVersion/kind`. */
export function customSchema({ group, version, kind, schema }: CustomDefinition): Record<string, JsonSchema> {
  const apiVersion = `${group}/${version}`
  const root = strict(schema)
  const properties: Record<string, JsonSchema> = {
    ...root.properties,
    apiVersion: { enum: [apiVersion] },
    kind: { enum: [kind] },
    metadata: { $ref: '#/definitions/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta' },
  }
  return { [`${apiVersion}/${kind}`]: { ...root, properties } }
}

/** Minimum length of a repeated part that becomes a definition, in characters of JSON. */
const worthSharing = 160

/** Schemas in which each repeated part is a definition: an Application contains the schema of a source four times. */
export function shareRepeatedParts(roots: Readonly<Record<string, JsonSchema>>): Record<string, JsonSchema> {
  const seen = new Map<string, number>()
  const count = (schema: JsonSchema): void => {
    const text = JSON.stringify(schema)
    if (text.length < worthSharing) return
    const times = (seen.get(text) ?? 0) + 1
    seen.set(text, times)
    // The parts of a repeated part are counted once.
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
