import { claimDeletions, type DeletionRow, removeDeletions, returnDeletions } from '../../store/queries/deletions.ts'
import type { Queryable } from '../../store/transaction.ts'
import type { BackupTarget } from '../targets/backup-target.ts'
import type { Deletion } from './deletion.ts'
import { writeDeletions } from './deletion-file.ts'

/** Maximum number of deletions in a file of the log. */
export const mostPerFile = 5_000

/**
 * Moves the deletions of the database to the log of deletions in a backup target. A deletion whose file was written and whose row was not removed is
 * appended again: the log may have it twice. If the file can't be written, another process can claim its deletions at once.
 *
 * @param fromAgeSeconds minimum age of the oldest deletion; default: none
 * @returns number of deletions
 */
export async function flushDeletions(database: Queryable, target: BackupTarget, fromAgeSeconds = 0): Promise<number> {
  let flushed = 0
  for (;;) {
    const { rows, at } = await claimDeletions(database, { most: mostPerFile, fromAgeSeconds })
    if (rows.length === 0) return flushed
    const sequences = rows.map(({ sequence }) => sequence)
    try {
      await writeDeletions(target, at, rows.map(lineOf))
    } catch (error) {
      // Otherwise a process that can't write, for example with an old key, could claim them again before all others.
      await returnDeletions(database, sequences).catch(() => {})
      throw error
    }
    await removeDeletions(database, sequences)
    flushed += rows.length
    if (rows.length < mostPerFile) return flushed
  }
}

/** Line of the log for a deletion of the database. */
export const lineOf = ({ at, tenant, kind, pseudonym }: DeletionRow): Deletion => ({
  at: at.toISOString(),
  tenant,
  kind,
  pseudonym,
})
