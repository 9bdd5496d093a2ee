import { firstDigit } from '../find-backups.ts'
import { manifestFile } from '../manifest.ts'
import { dayMs, type Retention, timeOf } from '../remove-old-backups.ts'
import type { BackupTarget } from '../targets/backup-target.ts'
import { listDeletionFiles } from './deletion-file.ts'
import { clockMarginMs } from './read-deletions.ts'

/**
 * Removes the files of the log of deletions that are older than the retention, and than every backup of the target. A backup whose manifest can't be
 * read counts, and a recovery to a point in time may reach back further than the oldest backup.
 */
export async function expireDeletions(target: BackupTarget, { days, now }: Retention): Promise<void> {
  const times = (await target.list(firstDigit)).flatMap(({ path }) => {
    const [id = '', name] = path.split('/')
    return name === manifestFile ? (timeOf(id)?.getTime() ?? []) : []
  })
  const before = Math.min(now.getTime() - days * dayMs, ...times) - clockMarginMs
  const files = (await listDeletionFiles(target)).filter(({ at }) => at.getTime() < before)
  if (files.length > 0) await target.delete(files.map(({ path }) => path))
}
