import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Replaces a folder by these files, as a whole or not at all: everything is written beside it first, and only then the
 * two change places. A full disk leaves the old folder as it was; so does a kill, since the next call finds what a
 * killed one left, puts the old folder back if it was on its way, and clears the rest away.
 *
 * @param scratch a folder for this one alone, on the same file system; it is gone afterwards
 * @param files by their path inside the folder, with `/`
 * @throws the system's error when something can't be written; the old folder is then in its place
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
    // Node can't exchange two folders in one step: for an instant there is none, which recoverFolder mends.
    if (existsSync(folder)) renameSync(folder, old)
    renameSync(written, folder)
    rmSync(old, { recursive: true, force: true })
  } finally {
    recoverFolder(folder, scratch)
  }
}

/** Puts back what an interrupted replacement moved away, and clears away what it had written. */
export function recoverFolder(folder: string, scratch: string): void {
  const old = join(scratch, 'old')
  if (existsSync(old) && !existsSync(folder)) renameSync(old, folder)
  rmSync(scratch, { recursive: true, force: true })
}
