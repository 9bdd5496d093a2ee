import type { Seals } from '../sealing/seals.ts'
import type { Queryable } from '../transaction.ts'

/**
 * Records the key with which this process encrypts, if it does.
 *
 * @returns ids of the recorded keys that the process does not have: rows that they encrypt can't be read
 */
export async function recordSealingKey(database: Queryable, seals: Seals | undefined): Promise<string[]> {
  const keyIds = seals?.sealer.keyIds ?? []
  const { rows } = await database.query<{ key_id: string }>(
    `WITH recorded AS (
       INSERT INTO hadal.sealing_key (key_id) SELECT $2::text WHERE $2::text IS NOT NULL ON CONFLICT DO NOTHING)
     SELECT key_id FROM hadal.sealing_key WHERE key_id <> ALL($1::text[]) ORDER BY first_used_at`,
    [keyIds, seals?.writes ? (keyIds[0] ?? null) : null],
  )
  return rows.map(({ key_id }) => key_id)
}

/** Removes the records of all keys except some. @returns ids of the removed ones */
export async function removeOtherKeys(database: Queryable, keyIds: readonly string[]): Promise<string[]> {
  const { rows } = await database.query<{ key_id: string }>(
    'DELETE FROM hadal.sealing_key WHERE key_id <> ALL($1::text[]) RETURNING key_id',
    [keyIds],
  )
  return rows.map(({ key_id }) => key_id)
}
