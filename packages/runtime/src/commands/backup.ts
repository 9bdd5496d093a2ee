import process from 'node:process'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import type { BackupProgress } from '../backup/backup-progress.ts'
import { expireDeletions } from '../backup/deletions/expire-deletions.ts'
import type { Manifest } from '../backup/manifest.ts'
import { openTarget } from '../backup/open-target.ts'
import { removeOldBackups } from '../backup/remove-old-backups.ts'
import { takeBackup } from '../backup/take-backup.ts'
import type { BackupTarget } from '../backup/targets/backup-target.ts'
import { bytesText } from './bytes-text.ts'
import { writeCanaryInChild } from './canary.ts'
import { interruptible } from './interruptible.ts'
import { keepRecords } from './keep-records.ts'
import { ownerDatabase } from './owner-database.ts'
import { progressLines } from './progress-lines.ts'
import { recorded } from './recorded.ts'
import type { RecoveryProgram } from './recovery-commands.ts'

/**
 * Executes `hadal-runtime backup`: writes a backup to the target.
 *
 * @param json whether the output is JSON
 * @throws Error with one sentence
 */
export async function backup({ readVariables, sentence }: RecoveryProgram, json: boolean): Promise<void> {
  const variables = readVariables()
  const database = ownerDatabase(variables)
  await recorded({ database, kind: 'backup', sentence }, async (report) => {
    requireRecipients(variables)
    const target = openTarget(variables)
    try {
      const { manifest, bytes } = await takeWithCanary(variables, target, sentence)
      report({ backupId: manifest.id, bytes })
      const removed = await removeOld(target, variables.BACKUP_RETENTION_DAYS, sentence)
      const written = { manifest, bytes, address: target.address, removed }
      process.stdout.write(json ? `${jsonOf(written)}\n` : textOf(written))
    } finally {
      await target.close()
    }
  })
}

/**
 * Writes the canary, brings records up to date, and takes the backup. If the canary or the records can't be written, for example because the database
 * has no room, the backup is taken without them.
 */
async function takeWithCanary(
  variables: ContainerVariables,
  target: BackupTarget,
  sentence: RecoveryProgram['sentence'],
): ReturnType<typeof takeBackup> {
  const database = ownerDatabase(variables)
  try {
    await writeCanaryInChild()
  } catch (error) {
    process.stderr.write(`The canary for restore drills was not written: ${sentence(error)}\n`)
  }
  try {
    await keepRecords(variables, target)
  } catch (error) {
    process.stderr.write(`The log of deletions and the audit were not brought up to date: ${sentence(error)}\n`)
  }
  const progress = progressLines()
  return interruptible((signal) =>
    takeBackup({
      database,
      target,
      recipients: variables.BACKUP_RECIPIENTS,
      onProgress: (now) => progress(() => lineOf(now)),
      signal,
    }),
  )
}

/**
 * Removes old backups, and the log of deletions that no backup needs any more. The new backup is complete, so a storage that refuses to delete is only
 * reported.
 */
async function removeOld(
  target: BackupTarget,
  days: number,
  sentence: RecoveryProgram['sentence'],
): Promise<readonly string[]> {
  try {
    const retention = { days, now: new Date() }
    const { removed } = await removeOldBackups(target, retention)
    await expireDeletions(target, retention)
    if (target.keepsVersions) process.stderr.write(versionsNotice(target))
    return removed
  } catch (error) {
    process.stderr.write(`Old backups were not removed: ${sentence(error)}\n`)
    return []
  }
}

const versionsNotice = ({ address }: BackupTarget): string =>
  `The storage of ${address} keeps versions of what was removed: old backups and the log of deletions stay readable until a lifecycle rule of the bucket removes noncurrent versions.\n`

/**
 * @throws Error if stored data must be encrypted and the backup has no recipient: a backup also has values that are plain in the database, so it must be
 *   encrypted as a whole
 */
function requireRecipients({ ENCRYPTION, BACKUP_RECIPIENTS }: ContainerVariables): void {
  if (ENCRYPTION === 'required' && BACKUP_RECIPIENTS.length === 0)
    throw new Error(
      'ENCRYPTION is "required", but BACKUP_RECIPIENTS is not set, so the backup would not be encrypted. Set it to an age recipient (age1…).',
    )
}

const lineOf = ({ table, number, tables, rows, plainBytes, storedBytes }: BackupProgress): string =>
  `${table} (${number} of ${tables}): ${rows} rows; ${bytesText(plainBytes)} read, ${bytesText(storedBytes)} written`

const rowsOf = ({ tables }: Manifest): number => tables.reduce((sum, { rows }) => sum + rows, 0)

interface Written {
  readonly manifest: Manifest
  readonly bytes: number
  /** Address of the target. */
  readonly address: string
  /** Ids of the old backups that were removed. */
  readonly removed: readonly string[]
}

function textOf({ manifest, bytes, address, removed }: Written): string {
  const { id, snapshotAt, recipients, sealingKeys, tables } = manifest
  return [
    `Backup ${id} is in ${address}.`,
    `Snapshot: ${snapshotAt}`,
    `Rows: ${rowsOf(manifest)} in ${tables.length} tables, ${bytesText(bytes)}`,
    `Encrypted for: ${recipients.join(', ') || 'nobody: the backup is not encrypted'}`,
    ...(sealingKeys.length > 0 ? [`A restore needs these keys of ENCRYPTION_KEY: ${sealingKeys.join(', ')}`] : []),
    ...(removed.length > 0 ? [`Removed old backups: ${removed.join(', ')}`] : []),
    '',
  ].join('\n')
}

function jsonOf({ manifest, bytes, address, removed }: Written): string {
  const { id, snapshotAt, endedAt, schemaVersion, recipients, sealingKeys } = manifest
  return JSON.stringify({
    id,
    target: address,
    snapshotAt,
    endedAt,
    schemaVersion,
    bytes,
    rows: rowsOf(manifest),
    recipients,
    sealingKeys,
    removed,
  })
}
