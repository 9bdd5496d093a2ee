import process from 'node:process'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import { findBackups } from '../backup/find-backups.ts'
import { openTarget } from '../backup/open-target.ts'
import { bytesText } from './bytes-text.ts'
import { textTable } from './text-table.ts'

/**
 * Executes `hadal-runtime backup list`: lists the complete backups of the target, oldest first.
 *
 * @throws Error with one sentence
 */
export async function backupList(variables: ContainerVariables): Promise<void> {
  const target = openTarget(variables)
  try {
    const backups = await findBackups(target, (sentence) => process.stderr.write(`${sentence}\n`))
    if (backups.length === 0) {
      process.stderr.write(`There is no backup in ${target.address}. Make one with "hadal-runtime backup".\n`)
      return
    }
    const table = [['ID', 'SNAPSHOT', 'SIZE', 'ROWS', 'SCHEMA', 'PROGRAM', 'ENCRYPTED FOR']]
    for (const { id, snapshotAt, schemaVersion, program, recipients, tables } of backups) {
      const files = await target.list(`${id}/`)
      table.push([
        id,
        snapshotAt,
        bytesText(files.reduce((sum, { bytes }) => sum + bytes, 0)),
        String(tables.reduce((sum, { rows }) => sum + rows, 0)),
        String(schemaVersion),
        program,
        recipients.length === 0 ? 'nobody' : `${recipients.length} recipients`.replace(/^1 recipients/, '1 recipient'),
      ])
    }
    process.stdout.write(textTable(table))
  } finally {
    await target.close()
  }
}
