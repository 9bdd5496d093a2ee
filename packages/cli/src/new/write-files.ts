import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PlainError } from '../plain-error.ts'

/**
 * Writes new files and replaces others, all of them or none: everything is written elsewhere first, so that a full disk or a
 * folder that may not be written to leaves the repository as it was.
 *
 * @param files whole texts by their path from the repository's root
 * @throws {PlainError} where one of them can't be written
 */
export function writeFiles(root: string, files: ReadonlyMap<string, string>): void {
  const undo: (() => void)[] = []
  let scratch: string | undefined
  try {
    // Git ignores the folder, and it is on the same file system: what follows the writing is renaming alone.
    mkdirSync(join(root, '.hadal'), { recursive: true })
    scratch = mkdtempSync(join(root, '.hadal', 'new-'))
    const written = [...files].map(([path, text], index) => {
      const fresh = join(scratch ?? '', `${index}.new`)
      writeFileSync(fresh, text)
      return { fresh, old: join(scratch ?? '', `${index}.old`), file: join(root, path) }
    })
    for (const { fresh, old, file } of written) {
      const made = mkdirSync(dirname(file), { recursive: true })
      if (made) undo.push(() => rmSync(made, { recursive: true, force: true }))
      if (existsSync(file)) {
        renameSync(file, old)
        undo.push(() => renameSync(old, file))
      } else undo.push(() => rmSync(file, { force: true }))
      renameSync(fresh, file)
    }
  } catch (error) {
    for (const step of undo.reverse()) step()
    const reason = error instanceof Error ? error.message : String(error)
    throw new PlainError(`The files could not be written: ${reason}. Everything is as it was; mend that and try again.`)
  } finally {
    if (scratch) rmSync(scratch, { recursive: true, force: true })
  }
}
