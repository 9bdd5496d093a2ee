import process from 'node:process'

/** What an error code of the file system means for a folder of backups, with what to do: the end of a sentence. */
const reasons: Readonly<Record<string, () => string>> = {
  ENOSPC: () => full,
  EDQUOT: () => full,
  // The limit of the process for the size of a file.
  EFBIG: () => 'it takes no file of this size. Raise the limit of the file system or of the process (ulimit -f).',
  EACCES: forbidden,
  EPERM: forbidden,
  EROFS: () => 'it is mounted read-only. Mount it writable, or set BACKUP_TARGET to another folder.',
  ENOTDIR: () => 'a part of its path is a file. Set BACKUP_TARGET to a folder.',
  EIO: () => 'its disk has an input/output error. Replace the disk, or set BACKUP_TARGET to a folder on another one.',
}

const full = 'its disk is full. Make room on it, or set BACKUP_TARGET to a folder on another disk.'

function forbidden(): string {
  const user = process.getuid?.()
  return `this process${user === undefined ? '' : ` (user ${user})`} may not do that. Give it the rights to read and write the folder, or set BACKUP_TARGET to another one.`
}

/**
 * Explains an error of the file system in a sentence. Returns any other error unchanged, such as one of the stream that is written.
 *
 * @param doing part of a sentence, such as `list file:///backups`
 */
export function whyNoFile(doing: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  const reason = reasons[code]
  return reason ? new Error(`Can't ${doing} (${code}): ${reason()}`, { cause: error }) : error
}
