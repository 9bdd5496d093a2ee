import type pg from 'pg'
import type { LargeIndex } from './migrations/large-indexes.ts'
import { retryWhileLocked } from './retry-while-locked.ts'

/** UUID that is less than all others. */
const firstId = '00000000-0000-0000-0000-000000000000'

/**
 * Builds an index if it is missing, after it filled the indexed column, and drops the index that it replaces. An interrupted CREATE INDEX
 * CONCURRENTLY leaves an invalid index, which is dropped first.
 */
export async function buildLargeIndex(client: pg.Client, { name, sql, fill, replaces }: LargeIndex): Promise<void> {
  await retryWhileLocked(async () => {
    const { rows } = await client.query<{ indisvalid: boolean }>(
      'SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass($1)',
      [name],
    )
    if (!rows[0]?.indisvalid) {
      if (rows[0]) await client.query(`DROP INDEX CONCURRENTLY ${name}`)
      if (fill !== undefined) await fillColumn(client, fill)
      await client.query(sql)
    }
    if (replaces !== undefined) await client.query(`DROP INDEX CONCURRENTLY IF EXISTS ${replaces}`)
  })
}

async function fillColumn(client: pg.Client, fill: string): Promise<void> {
  let last: string | undefined = firstId
  while (last !== undefined) {
    const { rows }: pg.QueryResult<{ id: string }> = await client.query(fill, [last])
    last = rows[0]?.id
  }
}
