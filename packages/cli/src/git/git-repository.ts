import { PlainError } from '../plain-error.ts'
import { runGit } from './run-git.ts'

/** The Git repository that contains Hadal's root, at its top or in a folder. */
export interface GitRepository {
  /** Root folder of the repository or copy that contains `environments/`. */
  readonly root: string
  /** Path of `root` relative to the top of the repository: empty, or with a trailing `/`. */
  readonly prefix: string
}

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? ''

/** Finds the Git repository that contains `root`. @throws {PlainError} if `root` is not in a Git work tree */
export async function gitRepository(root: string): Promise<GitRepository> {
  const { status, output, errors } = await runGit(root, ['rev-parse', '--show-prefix'])
  if (status !== 0) {
    throw new PlainError(
      `${root} is not in a readable Git repository (${firstLine(errors)}). Run the command in a clone of your repository.`,
    )
  }
  return { root, prefix: output.toString('utf8').replace(/\n$/, '') }
}

/**
 * Finds the commit to compare with: the merge base of the checked-out branch and `revision`. Commits that were merged into `revision` after
 * the branch was created are therefore not shown as reverted.
 *
 * @throws {PlainError} if the revision is unknown, or the clone is too shallow to find the merge base
 */
export async function baseCommit({ root }: GitRepository, revision: string): Promise<string> {
  const verify = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]
  const commit = await runGit(root, verify)
  const deepen = 'This clone is shallow. Run "git fetch --unshallow" (in GitHub Actions: set "fetch-depth: 0").'
  const shallow = async (): Promise<boolean> =>
    (await runGit(root, ['rev-parse', '--is-shallow-repository'])).output.toString('utf8').trim() === 'true'
  if (commit.status !== 0) {
    const head = await runGit(root, ['rev-parse', '--verify', '--quiet', 'HEAD'])
    if (head.status !== 0) throw new PlainError('The checked-out branch has no commit yet. Commit first.')
    const remedy = (await shallow())
      ? deepen
      : 'Use a branch, a tag or a commit. Fetch a remote branch first: run "git fetch origin", then use e.g. "origin/main".'
    throw new PlainError(`Unknown revision "${revision}". ${remedy}`)
  }
  const found = commit.output.toString('utf8').trim()
  const base = await runGit(root, ['merge-base', 'HEAD', found])
  if (base.status === 0) return base.output.toString('utf8').trim()
  const remedy = (await shallow()) ? deepen : 'Use a revision that this branch is based on.'
  throw new PlainError(`"${revision}" and the checked-out branch have no common commit. ${remedy}`)
}
