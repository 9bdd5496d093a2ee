import { randomBytes } from 'node:crypto'
import { deletionsFolder } from '@hadal/platform/deletions-folder'
import type { BackupTarget } from '../targets/backup-target.ts'
import { Deletion } from './deletion.ts'

/** Path of a file of the log: the time at which it was written, in milliseconds, and a random part. */
const pattern = /^deletions\/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z-[0-9a-f]{8}\.jsonl$/

/** A file of the log of deletions. */
export interface DeletionFile {
  readonly path: string
  /** When the file was written, by the clock of the database: after the transactions of its deletions. */
  readonly at: Date
}

/** Writes a file of the log. @param at time after the transactions of the deletions, by the clock of the database */
export async function writeDeletions(target: BackupTarget, at: Date, deletions: readonly Deletion[]): Promise<void> {
  const time = at.toISOString().replaceAll(/[-:.]/g, '')
  const lines = deletions.map((deletion) => `${JSON.stringify(deletion)}\n`).join('')
  await target.write(`${deletionsFolder}${time}-${randomBytes(4).toString('hex')}.jsonl`, Buffer.from(lines))
}

/** Lists the files of the log, the oldest first. Other files of the folder are ignored. */
export async function listDeletionFiles(target: BackupTarget): Promise<DeletionFile[]> {
  const files = await target.list(deletionsFolder)
  return files.flatMap(({ path }) => {
    const parts = pattern.exec(path)
    if (!parts) return []
    const [, year, month, day, hour, minute, second, ms] = parts
    return [{ path, at: new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}.${ms}Z`) }]
  })
}

/**
 * Reads a file of the log.
 *
 * @throws Error with one sentence if the file is missing or has a line that is not a deletion: a restore must not leave a deletion out
 */
export async function readDeletionFile(target: BackupTarget, path: string): Promise<Deletion[]> {
  const content = await target.readAll(path)
  if (!content) throw new Error(`${path} is missing in ${target.address}: it was removed while the log was read.`)
  const text = Buffer.from(content).toString('utf8')
  if (!text.endsWith('\n')) throw new Error(`${path} in ${target.address} is cut: its last line has no end.`)
  return text
    .slice(0, -1)
    .split('\n')
    .map((line, index) => {
      const parsed = Deletion.safeParse(jsonOf(line))
      if (parsed.success) return parsed.data
      throw new Error(
        `Line ${index + 1} of ${path} in ${target.address} is not a deletion: the log is damaged, or of a newer release.`,
      )
    })
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
