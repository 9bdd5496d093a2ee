import pg from 'pg'

/**
 * One connection in the place of a pool: whoever borrows it works inside what is open on it. With `inTransaction`, the borrower's own BEGIN,
 * COMMIT and ROLLBACK do nothing, so that all it writes belongs to the transaction around it.
 */
export function connectionAsPool(client: pg.ClientBase, inTransaction = false): pg.Pool {
  const never = new pg.Pool({ max: 1 })
  const query = async (text: string, values?: unknown[]): Promise<pg.QueryResult> => {
    if (inTransaction && /^(BEGIN|COMMIT|ROLLBACK)$/.test(text)) return client.query('')
    return client.query(text, values)
  }
  const borrowed = { query, release: () => {} }
  return new Proxy(never, {
    get(pool, property, receiver) {
      if (property === 'connect') return async () => borrowed
      if (property === 'query') return query
      return Reflect.get(pool, property, receiver)
    },
  })
}
