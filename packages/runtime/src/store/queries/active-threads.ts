import { type Scope, visibleRuns } from '../scope.ts'
import type { Queryable } from '../transaction.ts'

/**
 * Lists ids of visible threads with pending or running runs, in order.
 *
 * @param after last id of the page before; undefined for the first page
 */
export async function listActiveThreads(
  database: Queryable,
  scope: Scope,
  after: string | undefined,
  most: number,
): Promise<string[]> {
  const values: unknown[] = [after ?? null, most]
  const { rows } = await database.query<{ thread_id: string }>(
    `SELECT DISTINCT thread_id FROM hadal.run
     WHERE status IN ('pending', 'running') AND ($1::uuid IS NULL OR thread_id > $1) AND ${visibleRuns(scope, values)} ORDER BY thread_id LIMIT $2`,
    values,
  )
  return rows.map((row) => row.thread_id)
}
