import { PlainError } from '../plain-error.ts'
import type { GitRepository } from './git-repository.ts'
import { runGit } from './run-git.ts'

/**
 * Every file below a folder as a commit holds it, read from Git's own store: nothing is checked out.
 *
 * @param folder from Hadal's root, without `/` at its end
 * @returns texts by their path from Hadal's root; empty where the commit has no such folder
 */
export async function filesAtCommit(
  { root, prefix }: GitRepository,
  commit: string,
  folder: string,
): Promise<ReadonlyMap<string, string>> {
  const tree = await runGit(root, ['ls-tree', '-r', '-z', '--full-tree', commit, '--', `${prefix}${folder}/`])
  if (tree.status !== 0) throw new PlainError(`Git can't read ${folder} at ${commit}: ${tree.errors.trim()}`)
  const entries = tree.output
    .toString('utf8')
    .split('\0')
    .flatMap((line) => {
      // `100644 blob <id>\t<path>`; a link's blob holds the path that it points at.
      const [, id, path] = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? []
      return id && path ? [{ id, path: path.slice(prefix.length) }] : []
    })
  const texts = await blobs(root, [...new Set(entries.map(({ id }) => id))])
  return new Map(entries.map(({ id, path }) => [path, texts.get(id) ?? '']))
}

/** The texts of blobs by their ids, all from one process. */
async function blobs(root: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>()
  if (ids.length === 0) return texts
  const { output, errors } = await runGit(root, ['cat-file', '--batch'], `${ids.join('\n')}\n`)
  let start = 0
  for (const id of ids) {
    // `<id> blob <bytes>\n<content>\n`
    const end = output.indexOf('\n', start)
    const size = Number(/ blob (\d+)$/.exec(output.subarray(start, end).toString('utf8'))?.[1] ?? Number.NaN)
    if (end < 0 || Number.isNaN(size)) {
      throw new PlainError(
        `Git lacks the content of ${id} (${errors.trim() || 'missing'}). Fetch the repository whole.`,
      )
    }
    texts.set(id, output.subarray(end + 1, end + 1 + size).toString('utf8'))
    start = end + 1 + size + 1
  }
  return texts
}
