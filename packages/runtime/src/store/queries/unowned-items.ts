import type { Queryable } from '../transaction.ts'

/** First label of the namespaces of users. Clients don't see it and can't name it. */
const ofUsers = 'hadal:user'

/** Items of a tenant below a namespace that belong to no user. */
export interface UnownedItems {
  readonly tenant: string
  readonly prefix: readonly string[]
}

const wanted = `item.tenant = $1 AND item.owner IS NULL AND item.namespace[1] <> '${ofUsers}'
  AND item.namespace[1:cardinality($2::text[])] = $2::text[]`
/** Whether the user has an item at the place to which an item would move. */
const isTaken = `EXISTS (SELECT 1 FROM hadal.store_item AS other
  WHERE other.tenant = $1 AND other.namespace = ARRAY['${ofUsers}', $3] || item.namespace AND other.key = item.key)`

/** @returns number of the items, and of those whose place the user has already taken */
export async function countUnownedItems(
  database: Queryable,
  { tenant, prefix }: UnownedItems,
  owner: string,
): Promise<{ items: number; taken: number }> {
  const { rows } = await database.query<{ items: number; taken: number }>(
    `SELECT count(*)::int AS items, (count(*) FILTER (WHERE ${isTaken}))::int AS taken
     FROM hadal.store_item AS item WHERE ${wanted}`,
    [tenant, prefix, owner],
  )
  return rows[0] ?? { items: 0, taken: 0 }
}

/**
 * Moves some items to the namespace of a user. An item stays where the user has an item at the new place.
 *
 * @param hasVectors whether the database has the table of the items' vectors
 * @returns number of moved items
 */
export async function moveItems(
  database: Queryable,
  { tenant, prefix }: UnownedItems,
  owner: string,
  most: number,
  hasVectors: boolean,
): Promise<number> {
  // One statement: the foreign key of the vectors is checked at its end.
  const vectors = `, vector AS (
       UPDATE hadal.store_vector AS vector SET namespace = ARRAY['${ofUsers}', $3] || vector.namespace, owner = $3
       FROM old WHERE vector.tenant = $1 AND vector.namespace = old.namespace AND vector.key = old.key)`
  const { rows } = await database.query<{ moved: number }>(
    `WITH old AS MATERIALIZED (
       SELECT item.namespace, item.key FROM hadal.store_item AS item WHERE ${wanted} AND NOT ${isTaken}
       ORDER BY item.namespace, item.key LIMIT ${most} FOR UPDATE),
     moved AS (
       UPDATE hadal.store_item AS item SET namespace = ARRAY['${ofUsers}', $3] || item.namespace, owner = $3
       FROM old WHERE item.tenant = $1 AND item.namespace = old.namespace AND item.key = old.key RETURNING 1)${hasVectors ? vectors : ''}
     SELECT count(*)::int AS moved FROM moved`,
    [tenant, prefix, owner],
  )
  return rows[0]?.moved ?? 0
}

/** Whether the database has the table of the items' vectors. */
export async function hasVectorTable(database: Queryable): Promise<boolean> {
  const { rows } = await database.query<{ has: boolean }>("SELECT to_regclass('hadal.store_vector') IS NOT NULL AS has")
  return rows[0]?.has ?? false
}
