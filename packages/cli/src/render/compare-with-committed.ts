import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { RenderedObject } from '@hadal/charts/rendered-object'
import { manifestsFolder } from '@hadal/platform/names'
import { PlainError } from '../plain-error.ts'
import { onCallFile } from './on-call-page.ts'

/** Differences between the committed and the rendered manifests, as sorted paths relative to the repository's root. */
export interface Differences {
  /** Sorted paths of rendered manifests that are not committed. */
  readonly missing: readonly string[]
  /** Paths of committed manifests that are no longer rendered. */
  readonly stale: readonly string[]
  /** Paths of committed manifests whose content differs from the rendered one. */
  readonly changed: readonly string[]
}

export const areEqual = ({ missing, stale, changed }: Differences): boolean =>
  missing.length + stale.length + changed.length === 0

/**
 * Compares an environment's rendered objects with the files under `environments/<name>/manifests`, byte by byte. It writes nothing.
 *
 * @param root the folder that holds `environments/`
 * @throws {PlainError} if a file is in the place of the folder
 */
export function compareWithCommitted(
  root: string,
  environmentName: string,
  objects: readonly Pick<RenderedObject, 'path' | 'text'>[],
): Differences {
  const folder = manifestsFolder(environmentName)
  if (statSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory() === false)
    throw new PlainError(`${folder} is not a folder. Remove it, and run "npx hadal render ${environmentName}".`)
  const committed = filesIn(join(root, folder))
  const rendered = new Map(objects.map(({ path, text }) => [path, text]))
  const file = (path: string): string => `${folder}/${path}`
  return {
    missing: [...rendered.keys()]
      .filter((path) => !committed.has(path))
      .map(file)
      .sort(),
    stale: [...committed.keys()]
      .filter((path) => !rendered.has(path))
      .map(file)
      .sort(),
    changed: [...rendered]
      .flatMap(([path, text]) => {
        const before = committed.get(path)
        return before && !before.equals(Buffer.from(text)) ? [file(path)] : []
      })
      .sort(),
  }
}

/** Compares the page for the person on call of an environment with the committed one, as {@link compareWithCommitted} does with the manifests. */
export function compareOnCallPage(root: string, environmentName: string, text: string): Differences {
  const file = onCallFile(environmentName)
  const path = join(root, file)
  if (!existsSync(path)) return { missing: [file], stale: [], changed: [] }
  return { missing: [], stale: [], changed: readFileSync(path, 'utf8') === text ? [] : [file] }
}

/** All files in a folder, at any depth, by relative path. Empty if the folder does not exist. */
function filesIn(folder: string): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>()
  const visit = (path: string): void => {
    for (const entry of readdirSync(join(folder, path), { withFileTypes: true })) {
      const below = path === '' ? entry.name : `${path}/${entry.name}`
      if (entry.isDirectory()) visit(below)
      else files.set(below, readFileSync(join(folder, below)))
    }
  }
  try {
    visit('')
  } catch (error) {
    // The folder does not exist before the first rendering. Other errors are passed on.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  }
  return files
}
