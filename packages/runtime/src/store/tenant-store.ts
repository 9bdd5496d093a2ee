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

/** Together they make an index entry, which PostgreSQL limits to a third of a page. */
const longestKeyBytes = 1_024
const longestNamespaceBytes = 1_024

const item = (row: StoreItemRow): Item => ({
  namespace: row.namespace,
  key: row.key,
  value: storedValue(row.value),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

/** The four operations have no name of their own: they are told apart by their fields, as LangGraph's own stores do. */
const isPut = (operation: Operation): operation is PutOperation => 'value' in operation
const isSearch = (operation: Operation): operation is SearchOperation => 'namespacePrefix' in operation
const isList = (operation: Operation): operation is ListNamespacesOperation =>
  !('namespace' in operation) && !('namespacePrefix' in operation)

/**
 * LangGraph's store of one tenant, in PostgreSQL: what it holds is invisible to every other tenant's, since each statement names the tenant.
 * Namespaces are matched label by label, so a search in `["acme"]` never meets `["acme2"]`. Values are JSON (and bytes); `query` is
 * accepted and ignored, for there is no index of meanings. All writes of a batch happen or none, after its reads.
 *
 * @throws InvalidNamespaceError for a namespace that LangGraph refuses; RangeError with a sentence for a key or namespace that is too long
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
    // One after the other: a batch holds one connection at most.
    for (const operation of operations) results.push(await this.#read(operation))
    await this.#write(operations.filter(isPut))
    // Only the type says which operation a result belongs to, and no type can follow a runtime list.
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
    // The last one for a place wins. In one order, so that two batches never wait for each other.
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
  if (key.includes('\0')) throw new RangeError(`The key ${JSON.stringify(key)} holds U+0000. Leave it out.`)
  const bytes = { key: Buffer.byteLength(key), namespace: Buffer.byteLength(namespace.join('')) }
  if (bytes.key > longestKeyBytes) {
    throw new RangeError(
      `The key "${key.slice(0, 60)}…" has ${bytes.key} bytes; ${longestKeyBytes} are allowed. Shorten it.`,
    )
  }
  if (bytes.namespace > longestNamespaceBytes) {
    throw new RangeError(
      `The namespace that begins with "${namespace[0]?.slice(0, 60)}" has ${bytes.namespace} bytes; ${longestNamespaceBytes} are allowed. Shorten it.`,
    )
  }
}
