import type { BackupTarget } from '../targets/backup-target.ts'
import { listDeletionFiles } from './deletion-file.ts'
import { clockMarginMs } from './read-deletions.ts'

/** Removes the files of the log of deletions that no backup needs. @param oldest time of the snapshot of the oldest backup */
export async function expireDeletions(target: BackupTarget, oldest: Date): Promise<void> {
  const before = oldest.getTime() - clockMarginMs
  const files = (await listDeletionFiles(target)).filter(({ at }) => at.getTime() < before)
  if (files.length > 0) await target.delete(files.map(({ path }) => path))
}
