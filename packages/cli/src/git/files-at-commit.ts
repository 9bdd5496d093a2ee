import { PlainError } from '../plain-error.ts'
import type { GitRepository } from './git-repository.ts'
import { runGit } from './run-git.ts'

/**
 * Reads all files of a folder at a commit from Git's object store, without a checkout.
 *
 * @param folder path relative to Hadal's root, without a trailing `/`
 * @returns texts by path relative to Hadal's root. Empty if the commit has no such folder
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
      // Format: `100644 blob <id>\t<path>`. Symbolic links (mode 120000) are skipped: their blob is a path.
      const [, id, path] = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? []
      return id && path ? [{ id, path: path.slice(prefix.length) }] : []
    })
  const texts = await blobs(root, [...new Set(entries.map(({ id }) => id))])
  return new Map(entries.map(({ id, path }) => [path, texts.get(id) ?? '']))
}

/** Reads the texts of blobs by id, all with one process. */
async function blobs(root: string, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>()
  if (ids.length === 0) return texts
  const { output, errors } = await runGit(root, ['cat-file', '--batch'], `${ids.join('\n')}\n`)
  let start = 0
  for (const id of ids) {
    // Format: `<id> blob <bytes>\n<content>\n`
    const end = output.indexOf('\n', start)
    const size = Number(/ blob (\d+)$/.exec(output.subarray(start, end).toString('utf8'))?.[1] ?? Number.NaN)
    if (end < 0 || Number.isNaN(size)) {
      throw new PlainError(
        `Git has no content for the object ${id} (${errors.trim() || 'missing'}). Fetch the full repository.`,
      )
    }
    texts.set(id, output.subarray(end + 1, end + 1 + size).toString('utf8'))
    start = end + 1 + size + 1
  }
  return texts
}
