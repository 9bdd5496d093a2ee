import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { allowedKinds } from '@hadal/charts/components/argocd'
import { moduleFolder } from '@hadal/charts/schemas/module-folder'
import { customSources } from '@hadal/charts/schemas/sources'
import { parse } from 'yaml'
import { toolCache } from '../tools/build.ts'
import type { Cluster, KubernetesObject } from './cluster.ts'
import { waitUntil } from './wait-until.ts'

interface Definition extends KubernetesObject {
  readonly spec: {
    readonly group: string
    readonly names: { readonly kind: string }
    readonly versions: readonly { readonly name: string; readonly storage: boolean }[]
  }
}

/**
 * Creates every custom kind that our AppProjects allow, and Argo CD's own kinds. The definitions are from the Go modules that the manifests'
 * schemas are generated from. Definitions in `crds/` replace them with schemas that allow any field, because the simulated operators write
 * only a part of each status.
 */
export async function makeCustomKinds(cluster: Cluster): Promise<void> {
  const open = openDefinitions()
  const names = new Set(open.map(({ metadata }) => metadata.name))
  const definitions = [...published().filter(({ metadata }) => !names.has(metadata.name)), ...open].filter(isOurs)
  await Promise.all(definitions.map((definition) => cluster.create(definition)))
  // kwok reads the API's OpenAPI document when it starts. The document has the new kinds a little later than the API.
  await waitUntil('the custom kinds to be served and described', async () => {
    const kinds = definitions.map(kindOfDefinition)
    await Promise.all(kinds.map((kind) => cluster.list(kind)))
    const { paths } = await cluster.request<{ paths: Record<string, unknown> }>('GET', '/openapi/v3')
    return kinds.every((kind) => `apis/${kind.slice(0, kind.lastIndexOf('/'))}` in paths)
  })
}

function kindOfDefinition({ spec }: Definition): string {
  const version = spec.versions.find(({ storage }) => storage)?.name ?? ''
  return `${spec.group}/${version}/${spec.names.kind}`
}

/**
 * Whether a custom kind is Argo CD's own or allowed by our AppProjects. No other kinds are created, because their large definitions slow down
 * each start of the API server.
 */
const isOurs = ({ spec }: Definition): boolean =>
  spec.group === 'argoproj.io' ||
  allowedKinds.some(({ group, kind }) => group === spec.group && kind === spec.names.kind)

function openDefinitions(): Definition[] {
  const folder = join(import.meta.dirname, 'crds')
  return readdirSync(folder).map((file) => parse(readFileSync(join(folder, file), 'utf8')) as Definition)
}

/**
 * Published definitions of the custom kinds. They are read from the Go modules once, because calling Go for each takes longer than starting
 * an API server.
 */
function published(): Definition[] {
  const key = createHash('sha256').update(JSON.stringify(customSources)).digest('hex').slice(0, 16)
  const cached = join(toolCache(), `custom-kinds-${key}.json`)
  if (existsSync(cached)) return JSON.parse(readFileSync(cached, 'utf8'))
  const definitions = customSources.flatMap(({ module, files }) => {
    if (module === undefined) return []
    const folder = moduleFolder(module)
    return files.map((file): Definition => parse(readFileSync(join(folder, file), 'utf8')))
  })
  mkdirSync(dirname(cached), { recursive: true })
  writeFileSync(cached, JSON.stringify(definitions))
  return definitions
}
