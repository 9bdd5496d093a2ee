import type pg from 'pg'
import { transaction } from '../store/transaction.ts'

/**
 * Runs the statements of a command in a transaction that sees the rows of all tenants.
 *
 * @throws Error with one sentence if the database role sees the rows of one tenant only
 */
export async function asOwner<Result>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> {
  return transaction(pool, async (client) => {
    // PostgreSQL then refuses a query from which row-level security would hide rows.
    await client.query('SET LOCAL row_security = off')
    try {
      return await work(client)
    } catch (error) {
      if (!isHidden(error)) throw error
      const { rows } = await client
        .query('ROLLBACK')
        .then(() => client.query<{ role: string }>('SELECT current_user AS role'))
      throw new Error(
        `The database role "${rows[0]?.role}" does not own the tables, so it does not see the rows of all tenants. Set DATABASE_OWNER_URL to the address with the role that owns them.`,
        { cause: error },
      )
    }
  })
}

/** Whether an error says that row-level security would hide rows, or that the role may not read a table. */
const isHidden = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === '42501'
