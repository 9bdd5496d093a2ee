import { firstDigit } from '../find-backups.ts'
import { timeOf } from '../remove-old-backups.ts'
import type { BackupTarget } from '../targets/backup-target.ts'

/**
 * Returns the time of the oldest backup of a target; undefined if there is none. A backup that can't be read counts, and one that is being written: its
 * manifest is written last.
 */
export async function oldestBackup(target: BackupTarget): Promise<Date | undefined> {
  const times = (await target.list(firstDigit)).flatMap(({ path }) => timeOf(path.split('/', 1)[0] ?? '') ?? [])
  // Folders sort by their time.
  return times[0]
}
