import {
  BaseStore,
  type Item,
  type ListNamespacesOperation,
  type Operation,
  type OperationResults,
  type PutOperation,
  type SearchOperation,
  validateNamespace,
} from '@langchain/langgraph-checkpoint'
import type pg from 'pg'
import { listStoreNamespaces } from './queries/list-store-namespaces.ts'
import { searchStoreItems } from './queries/search-store-items.ts'
import { deleteStoreItem, getStoreItem, putStoreItem, type StoreItemRow } from './queries/store-items.ts'
import { storedValue, storeValueText } from './store-value.ts'
import { transaction } from './transaction.ts'

/** Maximum size of a key, in bytes. Key and namespace form an index entry, which PostgreSQL limits to a third of a page. */
const longestKeyBytes = 1_024
const longestNamespaceBytes = 1_024

const item = (row: StoreItemRow): Item => ({
  namespace: row.namespace,
  key: row.key,
  value: storedValue(row.value),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

/**
 * Type guards for the four operations of LangGraph's store. Operations have no type field: their fields distinguish them, as in LangGraph's own
 * stores.
 */
const isPut = (operation: Operation): operation is PutOperation => 'value' in operation
const isSearch = (operation: Operation): operation is SearchOperation => 'namespacePrefix' in operation
const isList = (operation: Operation): operation is ListNamespacesOperation =>
  !('namespace' in operation) && !('namespacePrefix' in operation)

/**
 * LangGraph's store of one tenant, in PostgreSQL. Every statement has a tenant predicate, so tenants never see each other's items. Namespaces are
 * matched by label, so a search in `["acme"]` does not match `["acme2"]`. Values are JSON and bytes. `query` is accepted and ignored, because there
 * is no semantic index. A batch reads first, and then writes all its items in one transaction.
 *
 * @throws InvalidNamespaceError for a namespace that LangGraph rejects; RangeError for a key or namespace that is too long
 */
export class TenantStore extends BaseStore {
  readonly #pool: pg.Pool
  readonly #tenant: string

  constructor(pool: pg.Pool, tenant: string) {
    super()
    this.#pool = pool
    this.#tenant = tenant
  }

  override async batch<Operations extends Operation[]>(operations: Operations): Promise<OperationResults<Operations>> {
    for (const operation of operations) if (isPut(operation)) checkPlace(operation)
    const results: unknown[] = []
    // The reads are sequential, so that a batch uses at most one connection.
    for (const operation of operations) results.push(await this.#read(operation))
    await this.#write(operations.filter(isPut))
    // TypeScript can't relate the elements of a runtime list to the operations.
    return results as OperationResults<Operations>
  }

  async #read(operation: Operation): Promise<unknown> {
    if (isPut(operation)) return undefined
    if (isSearch(operation)) {
      validateNamespace(operation.namespacePrefix, { allowEmpty: true, allowReservedRoot: true })
      const { namespacePrefix: prefix, filter = {}, limit = 10, offset = 0 } = operation
      const rows = await searchStoreItems(this.#pool, { tenant: this.#tenant, prefix, filter, limit, offset })
      return rows.map(item)
    }
    if (isList(operation)) {
      const { matchConditions: matches = [], maxDepth, limit, offset } = operation
      return listStoreNamespaces(this.#pool, {
        tenant: this.#tenant,
        matches,
        ...(maxDepth === undefined ? {} : { maxDepth }),
        limit,
        offset,
      })
    }
    const row = await getStoreItem(this.#pool, this.#tenant, operation.namespace, operation.key)
    return row ? item(row) : null
  }

  async #write(puts: readonly PutOperation[]): Promise<void> {
    // The last write of a place wins. A fixed order prevents deadlocks between two batches.
    const byPlace = new Map(puts.map((put) => [JSON.stringify([put.namespace, put.key]), put]))
    const ordered = [...byPlace].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, put]) => put)
    if (ordered.length === 0) return
    await transaction(this.#pool, async (client) => {
      for (const { namespace, key, value } of ordered) {
        if (value === null) await deleteStoreItem(client, this.#tenant, namespace, key)
        else await putStoreItem(client, this.#tenant, namespace, key, storeValueText(value))
      }
    })
  }
}

function checkPlace({ namespace, key }: PutOperation): void {
  validateNamespace(namespace, { allowReservedRoot: true })
  if (key.includes('\0')) throw new RangeError(`The key ${JSON.stringify(key)} contains U+0000. Remove it.`)
  const bytes = { key: Buffer.byteLength(key), namespace: Buffer.byteLength(namespace.join('')) }
  if (bytes.key > longestKeyBytes) {
    throw new RangeError(
      `The key "${key.slice(0, 60)}…" has ${bytes.key} bytes; the maximum is ${longestKeyBytes}. Shorten it.`,
    )
  }
  if (bytes.namespace > longestNamespaceBytes) {
    throw new RangeError(
      `The namespace beginning with "${namespace[0]?.slice(0, 60)}" has ${bytes.namespace} bytes; the maximum is ${longestNamespaceBytes}. Shorten it.`,
    )
  }
}
