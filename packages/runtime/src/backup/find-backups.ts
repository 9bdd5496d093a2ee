import { backupIdPattern, Manifest, manifestFile } from './manifest.ts'
import type { BackupTarget } from './targets/backup-target.ts'

/** Prefix of the names of all backups, which begin with the year. The folder of the log of deletions does not have it. */
export const firstDigit = '2'

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

/** The newest backup of a target, and one sentence if a newer one can't be read. */
export interface NewestBackup {
  readonly newest: Manifest | undefined
  readonly unreadable: string | undefined
}

/** Finds the newest backup of a target. */
export async function findNewestBackup(target: BackupTarget): Promise<NewestBackup> {
  const sentences: string[] = []
  const newest = (await findBackups(target, (sentence) => sentences.push(sentence))).at(-1)
  const unreadable = sentences.find((sentence) => (sentence.split('/', 1)[0] ?? '') > (newest?.id ?? ''))
  return { newest, unreadable }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
