import { backupIdPattern, Manifest, manifestFile } from './manifest.ts'
import type { BackupTarget } from './targets/backup-target.ts'

/** Names of backups begin with the year, so a list of this prefix does not contain the log of deletions. */
const firstDigit = '2'
/**
 * Returns the manifests of all complete backups of a target, oldest first. A folder without a manifest is not a backup.
 *
 * @param onUnreadable called with one sentence for a manifest that this program can't read, such as one of a newer format
 */
export async function findBackups(
  target: BackupTarget,
  onUnreadable: (sentence: string) => void = () => {},
): Promise<Manifest[]> {
  const backups: Manifest[] = []
  for (const { path } of await target.list(firstDigit)) {
    const [id = '', name, ...rest] = path.split('/')
    if (!backupIdPattern.test(id) || name !== manifestFile || rest.length > 0) continue
    const content = await target.readAll(path)
    // Another process may have deleted the backup meanwhile.
    if (!content) continue
    const read = Manifest.safeParse(parsed(Buffer.from(content).toString()))
    if (read.success && read.data.id === id) backups.push(read.data)
    else onUnreadable(`${path} in ${target.address} can't be read: it is damaged, or written by a newer release.`)
  }
  return backups.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
