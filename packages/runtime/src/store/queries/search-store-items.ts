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

/** In an order that does not change between pages: by namespace, then key. */
export async function searchStoreItems(database: Queryable, search: StoreSearch): Promise<readonly StoreItemRow[]> {
  const parameters: unknown[] = [search.tenant, search.limit, search.offset]
  const conditions = ['tenant = $1']
  if (search.prefix.length > 0) {
    const prefix = `$${parameters.push(search.prefix)}::text[]`
    // The first label for the index, all of them for the truth.
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
