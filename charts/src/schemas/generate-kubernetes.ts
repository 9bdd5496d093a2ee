import type { Enums } from './go-enums.ts'
import type { JsonSchema, SchemaFile } from './json-schema.ts'
import { mapValues, quantity, strict } from './strict.ts'

/** Names of fields that only the API server sets. A manifest with one of them was copied from a cluster. */
const setByTheServer = [
  'creationTimestamp',
  'deletionGracePeriodSeconds',
  'deletionTimestamp',
  'generation',
  'managedFields',
  'resourceVersion',
  'selfLink',
  'uid',
]

const prefix = '#/definitions/'
const objectMeta = 'io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta'

interface GroupVersionKind {
  readonly group: string
  readonly version: string
  readonly kind: string
}

/**
 * The schemas of the wanted kinds of one release, with the definitions that they refer to.
 * @param swagger the release's `api/openapi-spec/swagger.json`
 * @param enums fixed values, which that document leaves out
 * @throws Error if the release lacks a wanted kind
 */
export function generateKubernetes(
  swagger: { readonly definitions: Readonly<Record<string, JsonSchema>> },
  enums: Enums,
  wanted: Readonly<Record<string, readonly string[]>>,
  comment: string,
): SchemaFile {
  const kinds: Record<string, string> = {}
  for (const [apiVersion, names] of Object.entries(wanted)) {
    for (const kind of names) kinds[`${apiVersion}/${kind}`] = definitionOf(swagger.definitions, apiVersion, kind)
  }
  const definitions: Record<string, JsonSchema> = {}
  const include = (name: string): void => {
    if (definitions[name]) return
    const source = swagger.definitions[name]
    if (!source) throw new Error(`${comment} refers to ${name} and does not define it.`)
    const definition = name.endsWith('.Quantity') ? quantity : strict(withEnums(name, pruned(name, source), enums))
    definitions[name] = definition
    for (const reference of references(definition)) include(reference.slice(prefix.length))
  }
  for (const [key, name] of Object.entries(kinds)) {
    include(name)
    definitions[name] = asRoot(definitions[name] as JsonSchema, key)
  }
  return { $comment: comment, kinds: mapValues(kinds, (name) => name), definitions: mapValues(definitions, (it) => it) }
}

function pruned(name: string, source: JsonSchema): JsonSchema {
  const leave = name === objectMeta ? setByTheServer : source['x-kubernetes-group-version-kind'] ? ['status'] : []
  const properties = Object.entries(source.properties ?? {}).filter(([property]) => !leave.includes(property))
  return source.properties ? { ...source, properties: Object.fromEntries(properties) } : source
}

function withEnums(name: string, source: JsonSchema, enums: Enums): JsonSchema {
  if (!source.properties) return source
  const properties = mapValues(source.properties, (property, key) => {
    const values = enums.get(`${name}#${key}`)
    if (!values) return property
    return property.items ? { ...property, items: { ...property.items, enum: values } } : { ...property, enum: values }
  })
  return { ...source, properties }
}

/** The definition of an object of its own, with fixed `apiVersion` and `kind`. Inside another object (a volume claim template) they are optional. */
function asRoot(definition: JsonSchema, key: string): JsonSchema {
  const cut = key.lastIndexOf('/')
  const fixed = { apiVersion: { enum: [key.slice(0, cut)] }, kind: { enum: [key.slice(cut + 1)] } }
  return { ...definition, properties: { ...definition.properties, ...fixed } }
}

function definitionOf(definitions: Readonly<Record<string, JsonSchema>>, apiVersion: string, kind: string): string {
  const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion]
  const found = Object.entries(definitions).find(([, definition]) => {
    const stated = definition['x-kubernetes-group-version-kind'] as readonly GroupVersionKind[] | undefined
    return stated?.some((it) => it.group === group && it.version === version && it.kind === kind)
  })
  if (!found) throw new Error(`No definition of ${apiVersion} ${kind}: this release does not have that kind.`)
  return found[0]
}

/** Every `$ref` inside a schema, at any depth. */
export function references(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(references)
  if (typeof schema !== 'object' || schema === null) return []
  return Object.entries(schema).flatMap(([key, value]) =>
    key === '$ref' && typeof value === 'string' ? [value] : references(value),
  )
}
