import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'

/**
 * The repository that a command works on: the nearest folder above `from` that holds `environments/` beside
 * `pnpm-workspace.yaml`; where there is none, the one that this program itself stands in.
 */
export function repositoryRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'environments')) && existsSync(join(folder, 'pnpm-workspace.yaml'))) return folder
    if (folder === dirname(folder)) return join(import.meta.dirname, '..', '..', '..')
  }
}
