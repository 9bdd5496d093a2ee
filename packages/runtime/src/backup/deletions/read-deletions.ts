import type { LoggedThread } from '../../store/queries/deletions.ts'
import type { BackupTarget } from '../targets/backup-target.ts'
import type { Deletion } from './deletion.ts'
import { listDeletionFiles, readDeletionFile } from './deletion-file.ts'

/** Maximum number of files that are read at the same time. */
const atOnce = 16

/**
 * Margin in milliseconds: files of the log that are older than a snapshot by at most this time are read too, because after a failover the clock of the
 * database may be behind. Deletions that the snapshot has seen have no effect.
 */
export const clockMarginMs = 300_000

/**
 * Reads the log of deletions from a time on.
 *
 * @param since time of a snapshot, by the clock of the database
 * @returns every deletion that was committed after this time and is in the log, and some earlier ones
 * @throws Error with one sentence if a file of the log is damaged
 */
export async function readDeletions(target: BackupTarget, since: Date): Promise<Deletion[]> {
  const from = since.getTime() - clockMarginMs
  const files = (await listDeletionFiles(target)).filter(({ at }) => at.getTime() >= from)
  const deletions: Deletion[] = []
  for (let next = 0; next < files.length; next += atOnce) {
    const read = await Promise.all(files.slice(next, next + atOnce).map(({ path }) => readDeletionFile(target, path)))
    for (const ofFile of read) deletions.push(...ofFile)
  }
  return deletions
}

/** Returns the deleted threads among deletions. */
export const threadsOf = (deletions: readonly Deletion[]): LoggedThread[] =>
  deletions.flatMap(({ kind, pseudonym, at }) => (kind === 'thread' ? [{ pseudonym, at: new Date(at) }] : []))
