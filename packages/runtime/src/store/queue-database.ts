import type pg from 'pg'
import type { Db } from 'pg-boss'

/** Adapter that runs the statements of pg-boss on our pool, or on a connection inside a transaction. */
export function queueDatabase(queryable: pg.Pool | pg.ClientBase): Db {
  return {
    async executeSql(text, values) {
      const result: pg.QueryResult | pg.QueryResult[] = await queryable.query(text, values)
      // A text with several statements returns several results; pg-boss expects the last one that has rows.
      if (!Array.isArray(result)) return result
      return { rows: result.flatMap((one: pg.QueryResult) => one.rows) }
    },
  }
}
