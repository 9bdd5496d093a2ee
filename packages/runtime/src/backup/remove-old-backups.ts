import { findBackups, firstDigit } from './find-backups.ts'
import { backupIdPattern, type Manifest, manifestFile } from './manifest.ts'
import type { BackupTarget } from './targets/backup-target.ts'

export const dayMs = 86_400_000
/** Age in milliseconds from which a folder without a manifest counts as given up: no backup takes as long. */
const givenUpAfterMs = 7 * dayMs

export interface Retention {
  /** Age in days from which a backup is removed. */
  readonly days: number
  readonly now: Date
}

/**
 * Removes the backups of a target that are too old, except the newest one, and what is left of backups that were given up. A backup whose manifest
 * can't be read stays.
 *
 * @returns the backups that stay, oldest first, and the ids of the removed ones
 */
export async function removeOldBackups(
  target: BackupTarget,
  { days, now }: Retention,
): Promise<{ kept: readonly Manifest[]; removed: readonly string[] }> {
  const backups = await findBackups(target)
  const oldest = now.getTime() - days * dayMs
  const isOld = ({ snapshotAt }: Manifest): boolean => Date.parse(snapshotAt) < oldest
  const old = backups.slice(0, -1).filter(isOld)
  for (const { id } of old) await remove(target, id)
  const givenUp = new Date(now.getTime() - givenUpAfterMs)
  await removeGivenUp(target, givenUp)
  await target.removeUnfinished(givenUp)
  return { kept: backups.filter((backup) => !old.includes(backup)), removed: old.map(({ id }) => id) }
}

async function remove(target: BackupTarget, id: string): Promise<void> {
  // Without its manifest it is no longer a backup, so an interruption leaves no broken one.
  await target.delete([`${id}/${manifestFile}`])
  await target.delete((await target.list(`${id}/`)).map(({ path }) => path))
}

async function removeGivenUp(target: BackupTarget, before: Date): Promise<void> {
  const files = Map.groupBy(
    (await target.list(firstDigit)).map(({ path }) => path),
    (path) => path.split('/', 1)[0] ?? '',
  )
  for (const [id, paths] of files) {
    const at = timeOf(id)
    if (at && at < before && !paths.includes(`${id}/${manifestFile}`)) await target.delete(paths)
  }
}

/** The time in the id of a backup; undefined for another name. */
export function timeOf(id: string): Date | undefined {
  const [, year, month, day, hour, minute, second] = backupIdPattern.exec(id) ?? []
  return year ? new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) : undefined
}
