import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import process from 'node:process'
import { render } from '@hadal/cli/render/render'
import { type Ended, hadal } from './hadal.ts'
import { repositoryCopy } from './repository-copy.ts'

/** Environment variables that make Git independent of the user's configuration and name. */
export const gitEnvironment = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
} as const

export interface GitCopy {
  readonly folder: string
  readonly git: (...args: string[]) => string
  /** Commits all changes of the work tree. */
  readonly commit: (message: string) => void
  /** Resets the work tree and `main` to the first commit. */
  readonly reset: () => void
  readonly hadal: (...args: string[]) => Promise<Ended>
  readonly remove: () => void
}

/**
 * Creates a copy of `environments/` in a separate Git repository, rendered, with one commit on `main`.
 *
 * @param setUp changes the folder before that commit
 */
export async function gitCopy(setUp: (folder: string) => void = () => {}): Promise<GitCopy> {
  const { folder, remove } = repositoryCopy()
  const git = (...args: string[]): string =>
    execFileSync('git', args, {
      cwd: folder,
      env: { ...process.env, ...gitEnvironment },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  const commit = (message: string): void => {
    git('add', '--all')
    git('commit', '--quiet', '--allow-empty', '--message', message)
  }
  const run = (...args: string[]): Promise<Ended> => hadal(folder, args, gitEnvironment)
  try {
    git('init', '--quiet', '--initial-branch', 'main')
    // Rendered again, because another test checks the committed manifests.
    const lines: string[] = []
    const status = await render({ root: folder, names: [], check: false, write: (line) => void lines.push(line) })
    if (status !== 0) throw new Error(lines.join('\n'))
    setUp(folder)
    writeFileSync(join(folder, '.gitignore'), '.hadal/\n')
    commit('Initial state')
    git('tag', 'start')
  } catch (error) {
    remove()
    throw error
  }
  const reset = (): void => {
    git('switch', '--quiet', '--discard-changes', '--force-create', 'main', 'start')
    git('clean', '--quiet', '--force', '-d', '-x')
  }
  return { folder, git, commit, reset, hadal: run, remove }
}
