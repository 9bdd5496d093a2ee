import type { Scope } from '../scope.ts'
import type { Queryable } from '../transaction.ts'
import { namespaceRange } from './namespace-range.ts'
import { storeFilter } from './store-filter.ts'
import { allowedItems, isLive, openedItem, type StoreItemRow, storeItemColumns } from './store-items.ts'
import { itemScore, type NearVector } from './store-vectors.ts'

export interface StoreSearch {
  readonly tenant: string
  /** Scope whose filter narrows the search. */
  readonly scope: Pick<Scope, 'items'>
  readonly prefix: readonly string[]
  readonly filter: Readonly<Record<string, unknown>>
  readonly limit: number
  readonly offset: number
  /** The query as a vector, for a search by meaning. */
  readonly near?: NearVector | undefined
}

export interface FoundItemRow extends StoreItemRow {
  /** Similarity of the item and the query; null without a query, or for an item without vectors. */
  readonly score: number | null
}

/**
 * Searches items of the store. The item that was updated last comes first. In a search by meaning, the most similar item comes first, and items
 * without vectors come last.
 */
export async function searchStoreItems(database: Queryable, search: StoreSearch): Promise<readonly FoundItemRow[]> {
  const parameters: unknown[] = [search.tenant, search.limit, search.offset]
  const conditions = [
    'tenant = $1',
    isLive,
    ...namespaceRange(search.prefix, parameters),
    ...storeFilter(search.filter, parameters),
    ...allowedItems(search.scope, parameters),
  ]
  const score = search.near ? itemScore(search.near, parameters) : 'NULL::double precision'
  // OFFSET 0 keeps PostgreSQL from reading all items in the order of their update until it has found enough of this namespace.
  const range = search.prefix.length > 0 ? 'OFFSET 0' : ''
  const { rows } = await database.query<FoundItemRow>(
    `SELECT * FROM (
       SELECT ${storeItemColumns}, ${score} AS score FROM hadal.store_item AS item WHERE ${conditions.join(' AND ')} ${range}) AS found
     ORDER BY ${search.near ? 'score DESC NULLS LAST, ' : ''}updated_at DESC, namespace, key LIMIT $2 OFFSET $3`,
    parameters,
  )
  return rows.map((row) => openedItem(database, search.tenant, row))
}
