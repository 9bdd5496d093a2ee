import type pg from 'pg'
import { newestFirst } from './checkpoint-order.ts'

/** How the official saver orders checkpoints, at the end of the two statements that look for the newest. */
const byId = 'ORDER BY checkpoint_id DESC'

/** A pool that gives the official saver checkpoints in the order of `checkpoint-order.ts`. */
export function poolInOrder(pool: pg.Pool): pg.Pool {
  const query = (text: string, values?: unknown[]): Promise<pg.QueryResult> =>
    pool.query(text.replace(byId, `ORDER BY ${newestFirst}`), values)
  return new Proxy(pool, {
    get(target, property) {
      if (property === 'query') return query
      const value: unknown = Reflect.get(target, property)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
