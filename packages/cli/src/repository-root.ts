import { existsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { PlainError } from './plain-error.ts'

/**
 * Finds the root of the repository that a command works on: `from` or its nearest parent that contains the folder `environments/` and
 * `pnpm-workspace.yaml`.
 *
 * @throws {PlainError} if there is none. Another repository, such as that of this program, could be the wrong one to write to.
 */
export function repositoryRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const environments = statSync(join(folder, 'environments'), { throwIfNoEntry: false })
    if (environments?.isDirectory() && existsSync(join(folder, 'pnpm-workspace.yaml'))) return folder
    if (folder === dirname(folder)) {
      throw new PlainError(
        `${from} is not in a repository with environments/ and pnpm-workspace.yaml. Change into your clone of Hadal and run the command there.`,
      )
    }
  }
}
