import type pg from 'pg'
import { transaction } from '../store/transaction.ts'

/** Runs the statements of a command in a transaction that may see one tenant. */
export const inTenant = <Result>(
  pool: pg.Pool,
  tenant: string,
  work: (client: pg.PoolClient) => Promise<Result>,
): Promise<Result> =>
  transaction(pool, async (client) => {
    await client.query("SELECT set_config('hadal.tenant', $1, true)", [tenant])
    return work(client)
  })
