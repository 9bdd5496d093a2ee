import { openOneSealed } from '../../store/queries/seal-rows.ts'
import { sealedColumns } from '../../store/sealing/sealed-columns.ts'
import type { Seals } from '../../store/sealing/seals.ts'
import type { Queryable } from '../../store/transaction.ts'

/**
 * Decrypts one value of each encrypted column of a restored database.
 *
 * @returns names of the columns with encrypted values, such as `hadal.run.request`
 * @throws Error with one sentence if a value can't be decrypted, or if encryption is required and nothing is encrypted
 */
export async function openSealedValues(database: Queryable, seals: Seals | undefined): Promise<string[]> {
  const opened: string[] = []
  if (!seals) return opened
  for (const column of sealedColumns) if (await openOneSealed(database, column, seals)) opened.push(column.name)
  if (seals.writes && opened.length === 0) {
    throw new Error(
      'ENCRYPTION is "required", but the backup has no encrypted value, not even that of the canary. Set ENCRYPTION and ENCRYPTION_KEY for "hadal-runtime backup" as for the servers.',
    )
  }
  return opened
}
