import { claimDeletions, removeDeletions } from '../../store/queries/deletions.ts'
import type { Queryable } from '../../store/transaction.ts'
import type { BackupTarget } from '../targets/backup-target.ts'
import { writeDeletions } from './deletion-file.ts'

/** Maximum number of deletions in a file of the log. */
const mostPerFile = 5_000

/**
 * Appends the deletions of the database to the log of deletions in a backup target. A deletion whose file was written and whose row was not removed is
 * appended again: the log may have it twice.
 *
 * @param fromAgeSeconds minimum age of the oldest deletion; default: none
 * @returns number of deletions
 */
export async function flushDeletions(database: Queryable, target: BackupTarget, fromAgeSeconds = 0): Promise<number> {
  let flushed = 0
  for (;;) {
    const { rows, at } = await claimDeletions(database, { most: mostPerFile, fromAgeSeconds })
    if (rows.length === 0) return flushed
    await writeDeletions(
      target,
      at,
      rows.map((row) => ({ at: row.at.toISOString(), tenant: row.tenant, kind: row.kind, pseudonym: row.pseudonym })),
    )
    await removeDeletions(
      database,
      rows.map(({ sequence }) => sequence),
    )
    flushed += rows.length
    if (rows.length < mostPerFile) return flushed
  }
}
