import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { moduleFolder } from '@hadal/charts/schemas/module-folder'
import { schemaSet } from '@hadal/charts/schemas/schema-set'
import { kubernetesKinds, kubernetesReleases } from '@hadal/charts/schemas/sources'
import { type KubernetesVersion, kubernetesVersions } from '@hadal/platform/schema/cluster'

/** Value of kubeconform's `-schema-location` for schemas of Kubernetes' own kinds. */
export const kubernetesLocation = (folder: string): string =>
  join(folder, '{{.NormalizedKubernetesVersion}}', '{{.ResourceKind}}-{{.Group}}-{{.ResourceAPIVersion}}.json')
/** Value of kubeconform's `-schema-location` for schemas of custom kinds. */
export const customLocation = (folder: string): string =>
  join(folder, 'custom', '{{.ResourceKind}}-{{.Group}}-{{.ResourceAPIVersion}}.json')

/** Version in kubeconform's notation, which is the name of a schema folder. The patch version doesn't matter. */
export const normalized = (version: KubernetesVersion): string => `v${version}.0`

type Schema = { readonly [keyword: string]: unknown }

/**
 * Writes schemas for kubeconform. The schemas of Kubernetes' own kinds are generated from the complete upstream document, so that kubeconform is
 * independent of our pruned schemas and their generator. The schemas of custom resources are ours.
 */
export function writeKubeconformSchemas(folder: string): void {
  for (const version of kubernetesVersions) {
    const path = join(moduleFolder(kubernetesReleases[version]), 'api/openapi-spec/swagger.json')
    const { definitions } = JSON.parse(readFileSync(path, 'utf8')) as { definitions: Record<string, Schema> }
    const closed = Object.fromEntries(Object.entries(definitions).map(([name, schema]) => [name, close(schema)]))
    for (const [name, schema] of Object.entries(definitions)) {
      for (const { group, version: apiVersion, kind } of kindsOf(schema)) {
        write(join(folder, normalized(version)), kind, group || apiVersion, apiVersion, name, closed)
      }
    }
  }
  // Custom kinds are the same in every version. Kubernetes' own kinds are in the folders above.
  const { kinds, definitions } = schemaSet('1.37')
  for (const [key, name] of Object.entries(kinds)) {
    const [kind = '', apiVersion = '', group] = key.split('/').reverse()
    if (group && !(`${group}/${apiVersion}` in kubernetesKinds)) {
      write(join(folder, 'custom'), kind, group, apiVersion, name, definitions)
    }
  }
}

interface GroupVersionKind {
  readonly group: string
  readonly version: string
  readonly kind: string
}

const kindsOf = (schema: Schema): readonly GroupVersionKind[] =>
  (schema['x-kubernetes-group-version-kind'] as readonly GroupVersionKind[] | undefined) ?? []

/** Forbids additional fields in objects, as -strict requires, and adds the type int-or-string, which OpenAPI 2 can't express. */
function close(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(close)
  if (typeof schema !== 'object' || schema === null) return schema
  const record = schema as Schema
  if (record.format === 'int-or-string') return { type: ['integer', 'string'] }
  const closed = Object.fromEntries(
    Object.entries(record)
      .filter(([keyword]) => keyword !== 'description' && keyword !== 'format' && !keyword.startsWith('x-kubernetes-'))
      .map(([keyword, value]) => [keyword, close(value)]),
  )
  return record.type === 'object' && record.properties ? { additionalProperties: false, ...closed } : closed
}

/**
 * Writes one schema file with a kind and all definitions that it references. Core kinds have no group; kubeconform then uses the version as
 * the group.
 */
function write(
  folder: string,
  kind: string,
  group: string,
  apiVersion: string,
  name: string,
  all: Readonly<Record<string, unknown>>,
): void {
  const definitions: Record<string, unknown> = {}
  const include = (reference: string): void => {
    if (reference in definitions) return
    definitions[reference] = all[reference]
    for (const [, next] of JSON.stringify(all[reference]).matchAll(/"#\/definitions\/([^"]+)"/g)) include(next ?? '')
  }
  include(name)
  const reference = name.replaceAll('~', '~0').replaceAll('/', '~1')
  mkdirSync(folder, { recursive: true })
  const file = `${kind.toLowerCase()}-${group}-${apiVersion}.json`
  writeFileSync(join(folder, file), JSON.stringify({ $ref: `#/definitions/${reference}`, definitions }))
}
