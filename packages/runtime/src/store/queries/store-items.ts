import { isObject } from '@hadal/middleware/unknown-value'
import { metadataCondition } from '../metadata-filter.ts'
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
  scope: Pick<Scope, 'tenant' | 'items'>,
  { namespace, key }: ItemPlace,
): Promise<StoreItemRow | undefined> {
  const values: unknown[] = [scope.tenant, namespace, key]
  const conditions = ['tenant = $1', 'namespace = $2::text[]', 'key = $3', isLive, ...allowedItems(scope, values)]
  const { rows } = await database.query<StoreItemRow>(
    `SELECT ${storeItemColumns} FROM hadal.store_item AS item WHERE ${conditions.join(' AND ')}`,
    values,
  )
  return rows[0] && openedItem(database, scope.tenant, rows[0])
}

export interface NewItem extends ItemPlace {
  /** JSON text. */
  readonly value: string
  readonly ttlMinutes: number | undefined
}

/** SQL of the object to which a filter of the author's own sign-in applies: the fields of the value, the namespace and the key. */
const filteredItem = `(item.value || jsonb_build_object('namespace', to_jsonb(item.namespace), 'key', item.key))`

/**
 * Returns the SQL condition of the items that the filter of a scope allows, in a statement in which `hadal.store_item` has the alias `item`; empty
 * without a filter.
 *
 * @param values parameters of the statement; those of the condition are appended
 */
export const allowedItems = ({ items }: Pick<Scope, 'items'>, values: unknown[]): string[] =>
  items ? [metadataCondition(items, filteredItem, values)] : []

/**
 * Inserts an item of the store, or replaces it with its TTL. An item whose TTL is over is replaced by a new one.
 *
 * @returns whether the item was written: not if the filter of the scope hides the one at its place
 */
export async function putStoreItem(
  database: Queryable,
  scope: Pick<Scope, 'tenant' | 'owner' | 'items'>,
  { namespace, key, value, ttlMinutes }: NewItem,
): Promise<boolean> {
  const { tenant, owner } = scope
  const stored = sealedJson(sealsOf(database), value, [places.item(tenant, namespace, key)])
  const values: unknown[] = [tenant, namespace, key, stored, ttlMinutes ?? null, owner]
  const [allowed] = allowedItems(scope, values)
  const { rowCount } = await database.query(
    `INSERT INTO hadal.store_item AS item (tenant, owner, namespace, key, value, ttl_minutes)
     VALUES ($1, $6, $2::text[], $3, $4::jsonb, $5::double precision)
     ON CONFLICT (tenant, namespace, key) DO UPDATE SET
       value = excluded.value, updated_at = clock_timestamp(), ttl_minutes = excluded.ttl_minutes,
       created_at = CASE WHEN item.expires_at <= now() THEN clock_timestamp() ELSE item.created_at END
     ${allowed ? `WHERE item.expires_at <= now() OR ${allowed}` : ''}`,
    values,
  )
  return rowCount === 1
}

export async function deleteStoreItem(
  database: Queryable,
  scope: Pick<Scope, 'tenant' | 'items'>,
  { namespace, key }: ItemPlace,
): Promise<void> {
  const values: unknown[] = [scope.tenant, namespace, key]
  const conditions = ['tenant = $1', 'namespace = $2::text[]', 'key = $3', ...allowedItems(scope, values)]
  await database.query(`DELETE FROM hadal.store_item AS item WHERE ${conditions.join(' AND ')}`, values)
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
