import pg from 'pg'
import { sealsOf } from './sealing/seals.ts'

/**
 * Returns a pool that lends the same open connection to every caller, so that library code runs in the session of that connection. With
 * `inTransaction`, the caller's BEGIN, COMMIT and ROLLBACK do nothing: its statements belong to the transaction that is already open.
 */
export function connectionAsPool(client: pg.ClientBase, inTransaction = false): pg.Pool {
  const never = new pg.Pool({ max: 1 })
  const query = async (text: string, values?: unknown[]): Promise<pg.QueryResult> => {
    if (inTransaction && /^(BEGIN|COMMIT|ROLLBACK)$/.test(text)) return client.query('')
    return client.query(text, values)
  }
  const borrowed = { query, release: () => {}, seals: sealsOf(client) }
  return new Proxy(never, {
    get(pool, property, receiver) {
      if (property === 'connect') return async () => borrowed
      if (property === 'query') return query
      if (property === 'seals') return borrowed.seals
      return Reflect.get(pool, property, receiver)
    },
  })
}
