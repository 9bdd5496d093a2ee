import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { manifestsFolder } from '@hadal/platform/names'
import type { Release } from '@hadal/platform/release'
import { PlainError } from '../plain-error.ts'
import { replaceFolder } from '../render/replace-folder.ts'

/**
 * Writes an environment's `release.json` and its manifests, both or neither. A kill in the instant between the two leaves
 * manifests of the old release, which `hadal render --check` tells and `hadal render` mends.
 *
 * @throws {PlainError} where something can't be written; both are then as they were
 */
export function replaceRelease(
  root: string,
  name: string,
  release: Release,
  manifests: ReadonlyMap<string, string>,
): void {
  const file = join(root, 'environments', name, 'release.json')
  // Git ignores the folder, and it is on the same file system, so that what follows the writing is renaming alone.
  const scratch = join(root, '.hadal', 'promote', name)
  const [fresh, old] = [join(scratch, 'new.json'), join(scratch, 'old.json')]
  try {
    mkdirSync(scratch, { recursive: true })
    copyFileSync(file, old)
    writeFileSync(fresh, `${JSON.stringify(release, null, 2)}\n`)
    renameSync(fresh, file)
    try {
      replaceFolder(join(root, manifestsFolder(name)), join(root, '.hadal', 'render', name), manifests)
    } catch (error) {
      renameSync(old, file)
      throw error
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new PlainError(
      `environments/${name} could not be written: ${reason}. It is as it was; mend that and try again.`,
    )
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
