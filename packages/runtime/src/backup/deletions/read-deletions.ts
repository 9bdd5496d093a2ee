import { dayMs } from '../remove-old-backups.ts'
import type { BackupTarget } from '../targets/backup-target.ts'
import type { Deletion } from './deletion.ts'
import { listDeletionFiles, readDeletionFile } from './deletion-file.ts'

/** Maximum number of files that are read at the same time, and whose lines are in memory. */
const atOnce = 16

/**
 * Margin in milliseconds: the log is read from this long before a snapshot, because after a failover or a correction the clock of the database may be
 * behind. Deletions that the snapshot has seen have no effect.
 */
export const clockMarginMs = dayMs

/**
 * Reads the log of deletions from a time on, file by file.
 *
 * @param since time of a snapshot, by the clock of the database
 * @returns the lines of each file: every deletion that was committed after this time and is in the log, and some earlier ones
 * @throws Error with one sentence if a file of the log is damaged
 */
export async function* readDeletions(target: BackupTarget, since: Date): AsyncGenerator<readonly Deletion[]> {
  const from = since.getTime() - clockMarginMs
  const files = (await listDeletionFiles(target)).filter(({ at }) => at.getTime() >= from)
  for (let next = 0; next < files.length; next += atOnce) {
    const read = await Promise.all(files.slice(next, next + atOnce).map(({ path }) => readDeletionFile(target, path)))
    // An old line in a young file waited for an unreachable storage. The snapshot has seen its deletion, and what happened to the thread afterwards.
    for (const lines of read) yield lines.filter(({ at }) => Date.parse(at) >= from)
  }
}
