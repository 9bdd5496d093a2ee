import { PlainError } from '../plain-error.ts'
import { runGit } from './run-git.ts'

/** A Git repository in which Hadal's root is the top, or a folder below it. */
export interface GitRepository {
  /** The folder that holds `environments/`. */
  readonly root: string
  /** The way from the repository's top to `root`: empty, or with a `/` at its end. */
  readonly prefix: string
}

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? ''

/** @throws {PlainError} where `root` is not in the work tree of a Git repository */
export async function gitRepository(root: string): Promise<GitRepository> {
  const { status, output, errors } = await runGit(root, ['rev-parse', '--show-prefix'])
  if (status !== 0) {
    throw new PlainError(
      `${root} is in no Git repository that can be read (${firstLine(errors)}). Run this in a clone of your repository.`,
    )
  }
  return { root, prefix: output.toString('utf8').replace(/\n$/, '') }
}

/**
 * The commit to compare with: where the checked-out branch left `revision`, so that what others have merged there since is
 * not shown as if this branch took it back. It is the revision itself where that is an ancestor.
 *
 * @throws {PlainError} where the revision is unknown, or this clone is too shallow to tell
 */
export async function baseCommit({ root }: GitRepository, revision: string): Promise<string> {
  const verify = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`]
  const commit = await runGit(root, verify)
  const deepen = 'This clone is shallow: get the rest by "git fetch --unshallow" (in GitHub Actions: "fetch-depth: 0").'
  const shallow = async (): Promise<boolean> =>
    (await runGit(root, ['rev-parse', '--is-shallow-repository'])).output.toString('utf8').trim() === 'true'
  if (commit.status !== 0) {
    const remedy = (await shallow())
      ? deepen
      : 'Name a branch, a tag or a commit; one of a remote must be fetched first, e.g. "git fetch origin", then "origin/main".'
    throw new PlainError(`Git knows no commit "${revision}" here. ${remedy}`)
  }
  const found = commit.output.toString('utf8').trim()
  const base = await runGit(root, ['merge-base', 'HEAD', found])
  if (base.status === 0) return base.output.toString('utf8').trim()
  const remedy = (await shallow()) ? deepen : 'Name a revision that this branch came from.'
  throw new PlainError(`"${revision}" and what is checked out have no commit in common. ${remedy}`)
}
