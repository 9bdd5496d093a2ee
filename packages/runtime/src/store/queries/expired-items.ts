import type { Queryable } from '../transaction.ts'

const isExpired = 'expires_at <= now()'

/**
 * Removes items of the store whose TTL is over. It leaves out items that another transaction has locked, because it may start their TTL anew.
 *
 * @param most maximum number of items
 * @returns number of removed items
 */
export async function removeExpiredItems(database: Queryable, most: number): Promise<number> {
  const { rowCount } = await database.query(
    `WITH due AS MATERIALIZED (
       SELECT tenant, namespace, key FROM hadal.store_item WHERE ${isExpired}
       ORDER BY expires_at LIMIT $1 FOR UPDATE SKIP LOCKED)
     DELETE FROM hadal.store_item AS item USING due
     WHERE item.tenant = due.tenant AND item.namespace = due.namespace AND item.key = due.key`,
    [most],
  )
  return rowCount ?? 0
}

/** Number and size of the items whose TTL is over, with the time since which the first of them is due; null if none is. */
export interface ExpiredItems {
  readonly count: number
  readonly bytes: number
  readonly oldest: Date | null
}

export async function findExpiredItems(database: Queryable): Promise<ExpiredItems> {
  const { rows } = await database.query<ExpiredItems>(
    `SELECT count(*)::double precision AS count, coalesce(sum(pg_column_size(value)), 0)::double precision AS bytes,
       min(expires_at) AS oldest FROM hadal.store_item WHERE ${isExpired}`,
  )
  return rows[0] ?? { count: 0, bytes: 0, oldest: null }
}

/** Seconds for which the item that has been due longest is due; 0 if none is. */
export async function itemsOverdueSeconds(database: Queryable): Promise<number> {
  const { rows } = await database.query<{ seconds: number }>(
    `SELECT extract(epoch FROM now() - expires_at)::double precision AS seconds FROM hadal.store_item
     WHERE ${isExpired} ORDER BY expires_at LIMIT 1`,
  )
  return Math.max(rows[0]?.seconds ?? 0, 0)
}
