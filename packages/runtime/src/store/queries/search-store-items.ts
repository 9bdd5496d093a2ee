import type { Queryable } from '../transaction.ts'
import { storeFilter } from './store-filter.ts'
import { type StoreItemRow, storeItemColumns } from './store-items.ts'

export interface StoreSearch {
  readonly tenant: string
  readonly prefix: readonly string[]
  readonly filter: Readonly<Record<string, unknown>>
  readonly limit: number
  readonly offset: number
}

/** Searches items of the store. They are ordered by namespace, then key, so that pages are stable. */
export async function searchStoreItems(database: Queryable, search: StoreSearch): Promise<readonly StoreItemRow[]> {
  const parameters: unknown[] = [search.tenant, search.limit, search.offset]
  const conditions = ['tenant = $1']
  if (search.prefix.length > 0) {
    const prefix = `$${parameters.push(search.prefix)}::text[]`
    // The condition on the first label uses the index; the second one is exact.
    conditions.push(`namespace[1] = (${prefix})[1]`, `namespace[1:cardinality(${prefix})] = ${prefix}`)
  }
  conditions.push(...storeFilter(search.filter, parameters))
  const { rows } = await database.query<StoreItemRow>(
    `SELECT ${storeItemColumns} FROM hadal.store_item WHERE ${conditions.join(' AND ')}
     ORDER BY namespace, key LIMIT $2 OFFSET $3`,
    parameters,
  )
  return rows
}
