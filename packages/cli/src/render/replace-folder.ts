import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Replaces the content of a folder with the given files, completely or not at all. The files are written to the scratch folder first, and the
 * two folders are then exchanged by renaming. A full disk leaves the old folder unchanged. So does a kill of the process: the next call
 * restores the old folder from the scratch folder if necessary.
 *
 * @param scratch a folder on the same file system that is used only for this purpose. It is removed afterwards
 * @param files texts by path relative to the folder
 * @throws the system's error if a file can't be written. The old folder is then unchanged
 */
export function replaceFolder(folder: string, scratch: string, files: ReadonlyMap<string, string>): void {
  const written = join(scratch, 'new')
  const old = join(scratch, 'old')
  recoverFolder(folder, scratch)
  try {
    mkdirSync(written, { recursive: true })
    for (const [path, text] of files) {
      const file = join(written, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
    // Node can't exchange two folders atomically. If the process is killed between the two renames, recoverFolder restores the folder.
    if (existsSync(folder)) renameSync(folder, old)
    renameSync(written, folder)
    rmSync(old, { recursive: true, force: true })
  } finally {
    recoverFolder(folder, scratch)
  }
}

/** Restores the folder after an interrupted replacement, and removes the scratch folder. */
export function recoverFolder(folder: string, scratch: string): void {
  const old = join(scratch, 'old')
  if (existsSync(old) && !existsSync(folder)) renameSync(old, folder)
  rmSync(scratch, { recursive: true, force: true })
}
