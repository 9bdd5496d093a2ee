import { ofUsers } from '../item-place.ts'
import { places } from '../sealing/places.ts'
import { isSealed, openedJson, sealedJson } from '../sealing/sealed-json.ts'
import type { Seals } from '../sealing/seals.ts'
import type { Queryable } from '../transaction.ts'

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

/** Counts the items, and those of them at whose new place the user already has an item. */
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

interface LockedItem {
  readonly namespace: readonly string[]
  readonly key: string
  readonly value: unknown
}

/**
 * Moves some items to the namespace of a user. An item stays where the user has an item at the new place. A sealed value is sealed for its new place.
 *
 * @param client connection in a transaction
 * @param seals encryption of the database
 * @param hasVectors whether the database has the table of the items' vectors
 * @returns number of moved items
 */
export async function moveItems(
  client: Queryable,
  { tenant, prefix }: UnownedItems,
  owner: string,
  most: number,
  { seals, hasVectors }: { readonly seals: Seals | undefined; readonly hasVectors: boolean },
): Promise<number> {
  const { rows } = await client.query<LockedItem>(
    `SELECT item.namespace, item.key, item.value FROM hadal.store_item AS item WHERE ${wanted} AND NOT ${isTaken}
     ORDER BY item.namespace, item.key LIMIT ${most} FOR UPDATE`,
    [tenant, prefix, owner],
  )
  const moves = rows.map((row) => ({
    namespace: row.namespace,
    key: row.key,
    // A value that is not sealed stays as it is stored.
    ...(isSealed(row.value) ? { value: JSON.parse(sealedAgain(seals, tenant, owner, row)) } : {}),
  }))
  // One statement: the foreign key of the vectors is checked at its end.
  const vectors = `, vector AS (
       UPDATE hadal.store_vector AS vector SET namespace = ARRAY['${ofUsers}', $3] || vector.namespace, owner = $3
       FROM old WHERE vector.tenant = $1 AND vector.namespace = old.namespace AND vector.key = old.key)`
  await client.query(
    `WITH old AS MATERIALIZED (
       SELECT ARRAY(SELECT jsonb_array_elements_text(move -> 'namespace')) AS namespace, move ->> 'key' AS key, move -> 'value' AS value
       FROM jsonb_array_elements($2::jsonb) AS move)${hasVectors ? vectors : ''}
     UPDATE hadal.store_item AS item
     SET namespace = ARRAY['${ofUsers}', $3] || item.namespace, owner = $3, value = coalesce(old.value, item.value)
     FROM old WHERE item.tenant = $1 AND item.namespace = old.namespace AND item.key = old.key`,
    [tenant, JSON.stringify(moves), owner],
  )
  return rows.length
}

/** @throws {SealError} if the value can't be opened */
function sealedAgain(
  seals: Seals | undefined,
  tenant: string,
  owner: string,
  { namespace, key, value }: LockedItem,
): string {
  const plain = openedJson(seals, value, places.item(tenant, namespace, key))
  return sealedJson(seals, JSON.stringify(plain), [places.item(tenant, [ofUsers, owner, ...namespace], key)])
}
