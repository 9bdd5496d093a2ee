import { copyFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { manifestsFolder } from '@hadal/platform/names'
import type { Release } from '@hadal/platform/release'
import { PlainError } from '../plain-error.ts'
import { replaceFolder } from '../render/replace-folder.ts'

/**
 * Writes an environment's `release.json` and its manifests, both or neither. If the process is killed between the two writes, the manifests
 * are those of the old release: `hadal render --check` reports it and `hadal render` fixes it.
 *
 * @throws {PlainError} if one of them can't be written. Both are then unchanged
 */
export function replaceRelease(
  root: string,
  name: string,
  release: Release,
  manifests: ReadonlyMap<string, string>,
): void {
  const file = join(root, 'environments', name, 'release.json')
  // Git ignores this folder. It is on the same file system, so the files only have to be renamed afterwards.
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
      `environments/${name} could not be written: ${reason}. Nothing was changed. Fix the cause and try again.`,
    )
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}
