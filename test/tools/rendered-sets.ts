import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { shapes } from '@hadal/charts/fixtures/shapes'
import { renderEnvironment } from '@hadal/charts/render-environment'
import type { RenderedObject } from '@hadal/charts/rendered-object'
import type { Environment } from '@hadal/platform/environment'
import { loadEnvironments } from '@hadal/platform/load-environment'
import { root } from '../repository-copy.ts'

/** The objects of one environment, written as they are committed. */
export interface RenderedSet {
  readonly name: string
  readonly environment: Environment
  readonly objects: readonly RenderedObject[]
  readonly folder: string
}

/**
 * What scanners look at: the environments of the repository, which the snapshot tier holds equal to what is committed, and a set in which every
 * two kinds of anything meet.
 *
 * @param folder where they are written, a folder each
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
