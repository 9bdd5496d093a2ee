import { readUnloggedDeletions } from '../../store/queries/deletions.ts'
import type { Queryable } from '../../store/transaction.ts'
import type { BackupTarget } from '../targets/backup-target.ts'
import { writeDeletions } from './deletion-file.ts'
import { lineOf, mostPerFile } from './flush-deletions.ts'
import { oldestBackup } from './oldest-backup.ts'
import { clockMarginMs } from './read-deletions.ts'

/**
 * Copies the deletions of the database to the log of deletions in a backup target. They stay in the database for the servers, whose log may be in another
 * target, so a log may have a deletion several times. Deletions that are older than every backup of the target are left out.
 */
export async function copyDeletions(database: Queryable, target: BackupTarget): Promise<void> {
  const oldest = await oldestBackup(target)
  const since = new Date(oldest ? oldest.getTime() - clockMarginMs : 0)
  for (let after = '0'; ; ) {
    const { rows, at } = await readUnloggedDeletions(database, { since, after, most: mostPerFile })
    const last = rows.at(-1)
    if (!last) return
    await writeDeletions(target, at, rows.map(lineOf))
    after = last.sequence
  }
}
