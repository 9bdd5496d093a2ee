import { dayMs, type Retention } from '../remove-old-backups.ts'
import type { BackupTarget } from '../targets/backup-target.ts'
import { listDeletionFiles } from './deletion-file.ts'
import { oldestBackup } from './oldest-backup.ts'
import { clockMarginMs } from './read-deletions.ts'

/**
 * Removes the files of the log of deletions that are older than the retention, and than every backup of the target. A recovery to a point in time may
 * reach back further than the oldest backup.
 */
export async function expireDeletions(target: BackupTarget, { days, now }: Retention): Promise<void> {
  const oldest = (await oldestBackup(target)) ?? now
  const before = Math.min(now.getTime() - days * dayMs, oldest.getTime()) - clockMarginMs
  const files = (await listDeletionFiles(target)).filter(({ at }) => at.getTime() < before)
  if (files.length > 0) await target.delete(files.map(({ path }) => path))
}
