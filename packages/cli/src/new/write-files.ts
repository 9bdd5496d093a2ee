import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PlainError } from '../plain-error.ts'

/**
 * Creates and replaces files, all or none. It writes all files to a scratch folder first, so that a full disk or a read-only folder leaves
 * the repository unchanged.
 *
 * @param files texts by path relative to the repository's root
 * @throws {PlainError} if one of the files can't be written
 */
export function writeFiles(root: string, files: ReadonlyMap<string, string>): void {
  const undo: (() => void)[] = []
  let scratch: string | undefined
  try {
    // Git ignores this folder. It is on the same file system, so the files only have to be renamed afterwards.
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
    throw new PlainError(`The files could not be written: ${reason}. Nothing was changed. Fix the cause and try again.`)
  } finally {
    if (scratch) rmSync(scratch, { recursive: true, force: true })
  }
}
