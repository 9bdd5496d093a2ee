import type pg from 'pg'
import { newestFirst } from './checkpoint-order.ts'
import { queryOpened } from './sealing/sealed-blobs.ts'
import { sealsOf } from './sealing/seals.ts'

/** ORDER BY clause of the official saver's two queries for the newest checkpoint. */
const byId = 'ORDER BY checkpoint_id DESC'

/** Returns a pool that replaces the official saver's order of checkpoints by that of `checkpoint-order.ts`, and decrypts the values that it reads. */
export function poolInOrder(pool: pg.Pool): pg.Pool {
  const seals = sealsOf(pool)
  const inPool = (text: string, values?: unknown[]): Promise<pg.QueryResult> => pool.query(text, values)
  const query = (text: string, values?: unknown[]): Promise<pg.QueryResult> =>
    queryOpened(seals, inPool, text.replace(byId, `ORDER BY ${newestFirst}`), values)
  return new Proxy(pool, {
    get(target, property) {
      if (property === 'query') return query
      const value: unknown = Reflect.get(target, property)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}
