import type pg from 'pg'
import type { Db } from 'pg-boss'

/** pg-boss' statements on our pool, or on a connection inside a transaction of ours. */
export function queueDatabase(queryable: pg.Pool | pg.ClientBase): Db {
  return {
    async executeSql(text, values) {
      const result: pg.QueryResult | pg.QueryResult[] = await queryable.query(text, values)
      // Several statements in one text give several results; pg-boss wants the last one that has rows.
      if (!Array.isArray(result)) return result
      return { rows: result.flatMap((one: pg.QueryResult) => one.rows) }
    },
  }
}
