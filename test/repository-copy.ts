import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** The repository's root. */
export const root = join(import.meta.dirname, '..')

/**
 * A folder with a copy of `environments/`, in which a test may change what it likes. It stands inside the repository,
 * where Git ignores it, so that a copied `config.ts` finds the packages that it imports.
 */
export function repositoryCopy(): { readonly folder: string; readonly remove: () => void } {
  const parent = join(root, '.hadal')
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'copy-'))
  cpSync(join(root, 'environments'), join(folder, 'environments'), { recursive: true })
  // By this file the command knows a repository's root.
  cpSync(join(root, 'pnpm-workspace.yaml'), join(folder, 'pnpm-workspace.yaml'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
