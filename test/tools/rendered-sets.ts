import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { shapes } from '@hadal/charts/fixtures/shapes'
import { renderEnvironment } from '@hadal/charts/render-environment'
import type { RenderedObject } from '@hadal/charts/rendered-object'
import type { Environment } from '@hadal/platform/environment'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { root } from '../repository-copy.ts'

/** The rendered objects of one environment, written to a folder. */
export interface RenderedSet {
  readonly name: string
  readonly environment: Environment
  readonly objects: readonly RenderedObject[]
  readonly folder: string
}

/**
 * Renders and writes the environments for scanners: those of the repository, whose committed manifests the snapshot tier checks, and generated
 * ones that cover every pair of options.
 *
 * @param folder folder for the manifests. Each environment gets a subfolder
 */
export async function renderedSets(folder: string): Promise<readonly RenderedSet[]> {
  const environments = [...(await loadEnvironments(root)), ...shapes.map(({ environment }) => environment)]
  return environments.map((environment) => {
    const set = { name: environment.name, environment, objects: renderEnvironment(environment) }
    for (const { path, text } of set.objects) write(join(folder, set.name, path), text)
    return { ...set, folder: join(folder, set.name) }
  })
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
