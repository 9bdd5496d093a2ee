import type pg from 'pg'
import type { LargeIndex } from './migrations/large-indexes.ts'
import { retryWhileLocked } from './retry-while-locked.ts'

/** Builds an index if it is missing. An interrupted CREATE INDEX CONCURRENTLY leaves an invalid index, which is dropped first. */
export async function buildLargeIndex(client: pg.Client, { name, sql }: LargeIndex): Promise<void> {
  await retryWhileLocked(async () => {
    const { rows } = await client.query<{ indisvalid: boolean }>(
      'SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass($1)',
      [name],
    )
    if (rows[0]?.indisvalid) return
    if (rows[0]) await client.query(`DROP INDEX CONCURRENTLY ${name}`)
    await client.query(sql)
  })
}
