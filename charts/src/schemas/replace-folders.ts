import { mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Replaces folders inside `target` after all new files are written. If `write` fails, the old files remain.
 *
 * @param folders paths inside `target`
 * @param write writes the new files into the same paths inside another folder, where the folders exist and are empty
 */
export function replaceFolders(target: string, folders: readonly string[], write: (into: string) => void): void {
  mkdirSync(target, { recursive: true })
  // Inside the target, since a rename does not work across file systems.
  const temporary = mkdtempSync(join(target, '.generating-'))
  try {
    for (const folder of folders) mkdirSync(join(temporary, folder), { recursive: true })
    write(temporary)
    for (const folder of folders) {
      rmSync(join(target, folder), { recursive: true, force: true })
      mkdirSync(dirname(join(target, folder)), { recursive: true })
      renameSync(join(temporary, folder), join(target, folder))
    }
  } finally {
    rmSync(temporary, { recursive: true, force: true })
  }
}
