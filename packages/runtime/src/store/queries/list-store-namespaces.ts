import type { Scope } from '../scope.ts'
import type { Queryable } from '../transaction.ts'
import { namespaceRange } from './namespace-range.ts'
import { allowedItems, isLive } from './store-items.ts'

export interface NamespaceMatch {
  readonly matchType: 'prefix' | 'suffix'
  /** Labels of the namespace prefix or suffix; `*` matches any one label. */
  readonly path: readonly string[]
}

export interface NamespaceListing {
  readonly tenant: string
  /** Scope whose filter narrows the listing to namespaces with an item that it allows. */
  readonly scope: Pick<Scope, 'items'>
  /** Labels with which each listed namespace begins. The matches and the maximum depth are about the labels after them. */
  readonly within: readonly string[]
  readonly matches: readonly NamespaceMatch[]
  /** Maximum number of labels in a listed namespace. Longer namespaces are truncated, and each result is listed once. */
  readonly maxDepth?: number
  readonly limit: number
  readonly offset: number
}

export async function listStoreNamespaces(database: Queryable, listing: NamespaceListing): Promise<string[][]> {
  const parameters: unknown[] = [listing.tenant, listing.limit, listing.offset]
  const { length: begin } = listing.within
  const conditions = [
    'tenant = $1',
    isLive,
    ...namespaceRange(listing.within, parameters),
    ...allowedItems(listing.scope, parameters),
  ]
  for (const { matchType, path } of listing.matches) {
    const wildcard = path.indexOf('*')
    if (matchType === 'prefix') {
      conditions.push(
        ...namespaceRange([...listing.within, ...(wildcard < 0 ? path : path.slice(0, wildcard))], parameters),
      )
    }
    conditions.push(`cardinality(namespace) >= ${begin + path.length}`)
    for (const [index, label] of path.entries()) {
      if (label === '*') continue
      const at = matchType === 'prefix' ? `${begin + index + 1}` : `cardinality(namespace) - ${path.length - index - 1}`
      conditions.push(`namespace[${at}] = $${parameters.push(label)}`)
    }
  }
  const depth = listing.maxDepth === undefined ? '' : `[1:$${parameters.push(begin + listing.maxDepth)}]`
  const { rows } = await database.query<{ namespace: string[] }>(
    `SELECT DISTINCT namespace${depth} AS namespace FROM hadal.store_item AS item WHERE ${conditions.join(' AND ')}
     ORDER BY namespace LIMIT $2 OFFSET $3`,
    parameters,
  )
  return rows.map((row) => row.namespace)
}
