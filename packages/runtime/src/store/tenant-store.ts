import {
  BaseStore,
  type GetOperation,
  type Item,
  type ListNamespacesOperation,
  type Operation,
  type OperationResults,
  type PutOperation,
  type SearchItem,
  type SearchOperation,
  validateNamespace,
} from '@langchain/langgraph-checkpoint'
import type { FoundItemRow } from './queries/search-store-items.ts'
import type { StoreItemRow } from './queries/store-items.ts'
import { storedValue } from './store-value.ts'
import { checkPlace, type ItemRead, type TenantItems } from './tenant-items.ts'

const item = (row: StoreItemRow): Item => ({
  namespace: row.namespace,
  key: row.key,
  value: storedValue(row.value),
  createdAt: row.created_at,
  updatedAt: row.updated_at,
})

const foundItem = (row: FoundItemRow): SearchItem => ({
  ...item(row),
  ...(row.score === null ? {} : { score: row.score }),
})

/** Operations of LangGraph's store, with the fields for a TTL, which LangGraph's own types lack. */
type TimedPut = PutOperation & { readonly ttl?: number | undefined }
type TimedGet = GetOperation & ItemRead
type TimedSearch = SearchOperation & ItemRead

/**
 * Type guards for the four operations of LangGraph's store. Operations have no type field: their fields distinguish them, as in LangGraph's own
 * stores.
 */
const isPut = (operation: Operation): operation is TimedPut => 'value' in operation
const isSearch = (operation: Operation): operation is TimedSearch => 'namespacePrefix' in operation
const isList = (operation: Operation): operation is ListNamespacesOperation =>
  !('namespace' in operation) && !('namespacePrefix' in operation)

const anyRoot = { allowEmpty: true, allowReservedRoot: true }

/** Returns why the code that calls may not change items of a namespace; undefined if it may. */
type ChangeRefusal = (namespace: readonly string[]) => string | undefined

/**
 * LangGraph's store of one tenant. Values are JSON and bytes. A batch reads first, and then writes all its items in one transaction. A `query` is
 * ignored if the langgraph.json configures no semantic search, as in LangGraph's own stores.
 *
 * @throws InvalidNamespaceError for a namespace that LangGraph rejects; RangeError for a key or namespace that is too long; {@link SemanticSearchOff}
 *   for a query if the configured semantic search is unavailable; {@link EmbeddingFailed} if the embedding model fails; Error for a
 *   change that the server refuses. Nothing is written then
 */
export class TenantStore extends BaseStore {
  readonly #itemsNow: () => TenantItems
  readonly #refusal: ChangeRefusal

  /**
   * @param items the items, or a function that returns those of the run whose code calls the store
   * @param refusal refuses changes. Default: the code may change every item
   */
  constructor(items: TenantItems | (() => TenantItems), refusal: ChangeRefusal = () => undefined) {
    super()
    this.#refusal = refusal
    this.#itemsNow = typeof items === 'function' ? items : () => items
  }

  get #items(): TenantItems {
    return this.#itemsNow()
  }

  override async batch<Operations extends Operation[]>(operations: Operations): Promise<OperationResults<Operations>> {
    for (const operation of operations.filter(isPut)) {
      validateNamespace(operation.namespace, { allowReservedRoot: true })
      checkPlace(operation)
      const problem = this.#refusal(operation.namespace)
      if (problem !== undefined) throw new Error(problem)
    }
    const results: unknown[] = []
    // The reads are sequential, so that a batch uses at most one connection.
    for (const operation of operations) results.push(isPut(operation) ? undefined : await this.#read(operation))
    await this.#items.write(operations.filter(isPut))
    // TypeScript can't relate the elements of a runtime list to the operations.
    return results as OperationResults<Operations>
  }

  /** @param options.refreshTtl whether the read starts the TTL of the item anew. Default: `store.ttl.refresh_on_read` of langgraph.json */
  override async get(namespace: string[], key: string, options: ItemRead = {}): Promise<Item | null> {
    validateNamespace(namespace, anyRoot)
    const operations: [TimedGet] = [{ namespace, key, ...options }]
    return (await this.batch(operations))[0]
  }

  /** @param options.refreshTtl as for {@link get} */
  override async search(
    namespacePrefix: string[],
    options: Parameters<BaseStore['search']>[1] & ItemRead = {},
  ): Promise<SearchItem[]> {
    const operations: [TimedSearch] = [{ namespacePrefix, ...options }]
    return (await this.batch(operations))[0]
  }

  /** @param options.ttl minutes for which the item lives after its last use. Default: `store.ttl.default_ttl` of langgraph.json */
  override async put(
    namespace: string[],
    key: string,
    value: Record<string, unknown>,
    index?: false | string[],
    options: Pick<TimedPut, 'ttl'> = {},
  ): Promise<void> {
    validateNamespace(namespace)
    const operation: TimedPut = { namespace, key, value, ...(index === undefined ? {} : { index }), ...options }
    await this.batch([operation])
  }

  async #read(operation: TimedGet | TimedSearch | ListNamespacesOperation): Promise<unknown> {
    if (isSearch(operation)) {
      validateNamespace(operation.namespacePrefix, anyRoot)
      const { namespacePrefix: prefix, filter = {}, limit = 10, offset = 0, refreshTtl } = operation
      const { semantic } = this.#items
      const query = semantic.index || semantic.isConfigured ? operation.query : undefined
      const rows = await this.#items.search({ prefix, filter, limit, offset, query }, { refreshTtl })
      return rows.map(foundItem)
    }
    if (isList(operation)) {
      const { matchConditions: matches = [], maxDepth, limit, offset } = operation
      return this.#items.namespaces({ matches, ...(maxDepth === undefined ? {} : { maxDepth }), limit, offset })
    }
    const row = await this.#items.get(operation, { refreshTtl: operation.refreshTtl })
    return row ? item(row) : null
  }
}
