import { isObject } from '@hadal/middleware/unknown-value'
import type { Scope } from '../scope.ts'
import { places } from '../sealing/places.ts'
import { openedJson, sealedJson } from '../sealing/sealed-json.ts'
import { sealsOf } from '../sealing/seals.ts'
import type { Queryable } from '../transaction.ts'

/** Place of an item in the store of a tenant. */
export interface ItemPlace {
  readonly namespace: readonly string[]
  readonly key: string
}

export interface StoreItemRow {
  readonly namespace: string[]
  readonly key: string
  readonly value: Record<string, unknown>
  readonly created_at: Date
  readonly updated_at: Date
  /** Minutes for which the item lives after its last use; null without a TTL. */
  readonly ttl_minutes: number | null
}

export const storeItemColumns = 'namespace, key, value, created_at, updated_at, ttl_minutes'
/** SQL condition of an item whose TTL is not over. An item whose TTL is over counts as missing until it is removed. */
export const isLive = '(expires_at IS NULL OR expires_at > now())'

/** Opens the value of an item, if it is sealed. @throws {SealError} if it can't be opened */
export function openedItem<Row extends StoreItemRow>(database: Queryable, tenant: string, row: Row): Row {
  const value = openedJson(sealsOf(database), row.value, places.item(tenant, row.namespace, row.key))
  return value === row.value || !isObject(value) ? row : { ...row, value }
}

export async function getStoreItem(
  database: Queryable,
  tenant: string,
  { namespace, key }: ItemPlace,
): Promise<StoreItemRow | undefined> {
  const { rows } = await database.query<StoreItemRow>(
    `SELECT ${storeItemColumns} FROM hadal.store_item
     WHERE tenant = $1 AND namespace = $2::text[] AND key = $3 AND ${isLive}`,
    [tenant, namespace, key],
  )
  return rows[0] && openedItem(database, tenant, rows[0])
}

export interface NewItem extends ItemPlace {
  /** JSON text. */
  readonly value: string
  readonly ttlMinutes: number | undefined
}

/** Inserts an item of the store, or replaces it with its TTL. An item whose TTL is over is replaced by a new one. */
export async function putStoreItem(
  database: Queryable,
  { tenant, owner }: Pick<Scope, 'tenant' | 'owner'>,
  { namespace, key, value, ttlMinutes }: NewItem,
): Promise<void> {
  const stored = sealedJson(sealsOf(database), value, [places.item(tenant, namespace, key)])
  await database.query(
    `INSERT INTO hadal.store_item AS item (tenant, owner, namespace, key, value, ttl_minutes)
     VALUES ($1, $6, $2::text[], $3, $4::jsonb, $5::double precision)
     ON CONFLICT (tenant, namespace, key) DO UPDATE SET
       value = excluded.value, updated_at = clock_timestamp(), ttl_minutes = excluded.ttl_minutes,
       created_at = CASE WHEN item.expires_at <= now() THEN clock_timestamp() ELSE item.created_at END`,
    [tenant, namespace, key, stored, ttlMinutes ?? null, owner],
  )
}

export async function deleteStoreItem(
  database: Queryable,
  tenant: string,
  { namespace, key }: ItemPlace,
): Promise<void> {
  await database.query('DELETE FROM hadal.store_item WHERE tenant = $1 AND namespace = $2::text[] AND key = $3', [
    tenant,
    namespace,
    key,
  ])
}

/**
 * Starts the TTL of items anew. It leaves out items that another transaction has locked, and those whose time would move by less than a hundredth of
 * their TTL: an item that is read often is not written at each read.
 */
export async function refreshStoreItems(
  database: Queryable,
  tenant: string,
  places: readonly ItemPlace[],
): Promise<void> {
  await database.query(
    `WITH place AS (
       SELECT ARRAY(SELECT jsonb_array_elements_text(place -> 'namespace')) AS namespace, place ->> 'key' AS key
       FROM jsonb_array_elements($2::jsonb) AS place),
     used AS (
       SELECT item.namespace, item.key FROM place JOIN hadal.store_item AS item USING (namespace, key)
       WHERE item.tenant = $1 AND item.expires_at > now()
         AND item.expires_at < now() + item.ttl_minutes * 0.99 * interval '1 minute'
       FOR NO KEY UPDATE OF item SKIP LOCKED)
     UPDATE hadal.store_item AS item SET expires_at = now() + item.ttl_minutes * interval '1 minute'
     FROM used WHERE item.tenant = $1 AND item.namespace = used.namespace AND item.key = used.key`,
    [tenant, JSON.stringify(places.map(({ namespace, key }) => ({ namespace, key })))],
  )
}
