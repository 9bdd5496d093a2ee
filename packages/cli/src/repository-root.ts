import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * Finds the root of the repository that a command works on: `from` or its nearest parent that contains `environments/` and
 * `pnpm-workspace.yaml`. If there is none, the repository of this program.
 */
export function repositoryRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'environments')) && existsSync(join(folder, 'pnpm-workspace.yaml'))) return folder
    if (folder === dirname(folder)) return join(import.meta.dirname, '..', '..', '..')
  }
}
