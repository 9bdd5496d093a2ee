import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** The repository's root. */
export const root = join(import.meta.dirname, '..')

/**
 * Creates a folder with a copy of `environments/`, of the operators' pins and of the agents' description, in which a test may change anything. It is inside the repository, in a folder that Git
 * ignores, so that a copied `config.ts` can resolve its imports.
 */
export function repositoryCopy(): { readonly folder: string; readonly remove: () => void } {
  const parent = join(root, '.hadal')
  mkdirSync(parent, { recursive: true })
  const folder = mkdtempSync(join(parent, 'copy-'))
  cpSync(join(root, 'environments'), join(folder, 'environments'), { recursive: true })
  cpSync(join(root, 'infra/operators.json'), join(folder, 'infra/operators.json'))
  cpSync(join(root, 'packages/agents/agents.json'), join(folder, 'packages/agents/agents.json'))
  // The command recognises the repository's root by this file.
  cpSync(join(root, 'pnpm-workspace.yaml'), join(folder, 'pnpm-workspace.yaml'))
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
