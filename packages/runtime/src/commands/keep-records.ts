import type { ContainerVariables } from '@hadal/platform/container-variables'
import { copyDeletions } from '../backup/deletions/copy-deletions.ts'
import type { BackupTarget } from '../backup/targets/backup-target.ts'
import { rollAudit } from '../store/roll-audit.ts'
import { ownerDatabase } from './owner-database.ts'
import { withDatabase } from './with-database.ts'

/** Copies deletions to the log of deletions, and adds and removes months of the audit: work on records that a backup does first. */
export async function keepRecords(variables: ContainerVariables, target: BackupTarget): Promise<void> {
  await withDatabase({ ...ownerDatabase(variables), name: 'hadal backup' }, async (pool) => {
    await copyDeletions(pool, target)
    const client = await pool.connect()
    try {
      await rollAudit(client, variables.AUDIT_RETENTION_DAYS || undefined)
    } finally {
      client.release()
    }
  })
}
