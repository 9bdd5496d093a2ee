import type { OfThread } from '../queries/held-runs.ts'
import type { ThreadRow } from '../queries/thread-rows.ts'
import type { Queryable } from '../transaction.ts'
import { places } from './places.ts'
import { resealBlobs } from './reseal-blobs.ts'
import { isSealed, openedEnvelope, sealedJson } from './sealed-json.ts'
import { sealedInterrupts } from './sealed-thread.ts'
import { type SealedPlace, type Seals, sealsOf } from './seals.ts'

/**
 * Encrypts the values of a copied thread anew: the additional data of the encryption is the row, so a copied row can't be decrypted. The caller has
 * copied the rows in the same transaction.
 */
export async function resealCopy(database: Queryable, from: OfThread, to: OfThread): Promise<void> {
  const seals = sealsOf(database)
  if (!seals) return
  await resealThread(database, seals, from, to)
  await resealBlobs(database, seals, from, to)
}

async function resealThread(database: Queryable, seals: Seals, from: OfThread, to: OfThread): Promise<void> {
  const { rows } = await database.query<Pick<ThreadRow, 'values' | 'interrupts' | 'error'>>(
    'SELECT "values", interrupts, error FROM hadal.thread WHERE thread_id = $1',
    [to.threadId],
  )
  const [row] = rows
  if (!row || ![row.values, row.interrupts, row.error].some(isSealed)) return
  const ofSource = (place: (tenant: string, threadId: string) => SealedPlace, value: unknown): string | null =>
    isSealed(value) ? openedEnvelope(seals, value, place(from.tenant, from.threadId)) : null
  const [values, interrupts, error] = [
    ofSource(places.threadValues, row.values),
    ofSource(places.threadInterrupts, row.interrupts),
    ofSource(places.threadError, row.error),
  ]
  await database.query(
    `UPDATE hadal.thread SET "values" = coalesce($2, "values"), interrupts = coalesce($3, interrupts), error = coalesce($4, error)
     WHERE thread_id = $1`,
    [
      to.threadId,
      values && sealedJson(seals, values, [places.threadValues(to.tenant, to.threadId)]),
      interrupts && sealedInterrupts(seals, interrupts, to),
      error && sealedJson(seals, error, [places.threadError(to.tenant, to.threadId)]),
    ],
  )
}
