import type { Queryable } from '../transaction.ts'

export interface StoreItemRow {
  readonly namespace: string[]
  readonly key: string
  readonly value: Record<string, unknown>
  readonly created_at: Date
  readonly updated_at: Date
}

export const storeItemColumns = 'namespace, key, value, created_at, updated_at'

export async function getStoreItem(
  database: Queryable,
  tenant: string,
  namespace: readonly string[],
  key: string,
): Promise<StoreItemRow | undefined> {
  const { rows } = await database.query<StoreItemRow>(
    `SELECT ${storeItemColumns} FROM hadal.store_item WHERE tenant = $1 AND namespace = $2::text[] AND key = $3`,
    [tenant, namespace, key],
  )
  return rows[0]
}

/**
 * Inserts an item of the store, or replaces it.
 *
 * @param value JSON text
 */
export async function putStoreItem(
  database: Queryable,
  tenant: string,
  namespace: readonly string[],
  key: string,
  value: string,
): Promise<void> {
  await database.query(
    `INSERT INTO hadal.store_item (tenant, namespace, key, value) VALUES ($1, $2::text[], $3, $4::jsonb)
     ON CONFLICT (tenant, namespace, key) DO UPDATE SET value = excluded.value, updated_at = clock_timestamp()`,
    [tenant, namespace, key, value],
  )
}

export async function deleteStoreItem(
  database: Queryable,
  tenant: string,
  namespace: readonly string[],
  key: string,
): Promise<void> {
  await database.query('DELETE FROM hadal.store_item WHERE tenant = $1 AND namespace = $2::text[] AND key = $3', [
    tenant,
    namespace,
    key,
  ])
}
