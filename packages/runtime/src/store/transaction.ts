import type pg from 'pg'
import type { Seals } from './sealing/seals.ts'

/** Executes queries: a pool, or a connection inside a transaction. */
export interface Queryable {
  /** Encryption of the columns with what agents store; undefined without ENCRYPTION_KEY. */
  readonly seals?: Seals | undefined
  query<Row extends pg.QueryResultRow>(text: string, values?: unknown[]): Promise<pg.QueryResult<Row>>
}

/** Runs `work` in one transaction, which is committed when it resolves and rolled back when it rejects. */
export async function transaction<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect()
  let broken = false
  try {
    await client.query('BEGIN')
    const result = await work(client)
    await client.query('COMMIT')
    return result
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {
      broken = true
    })
    throw error
  } finally {
    client.release(broken)
  }
}
