import type pg from 'pg'
import { embedTexts } from './embed-texts.ts'
import { keyProblem, namespaceProblem, ofUsers } from './item-place.ts'
import { itemTexts } from './item-texts.ts'
import { isAbout } from './metadata-filter.ts'
import { listStoreNamespaces, type NamespaceListing } from './queries/list-store-namespaces.ts'
import { type FoundItemRow, type StoreSearch, searchStoreItems } from './queries/search-store-items.ts'
import {
  deleteStoreItem,
  getStoreItem,
  type ItemPlace,
  putStoreItem,
  refreshStoreItems,
  type StoreItemRow,
} from './queries/store-items.ts'
import { type NearVector, replaceVectors } from './queries/store-vectors.ts'
import { primaryReads, type Reads } from './reads/reads.ts'
import type { Scope } from './scope.ts'
import { sealedField } from './sealing/sealed-json.ts'
import { sealsOf } from './sealing/seals.ts'
import { notConfigured, type SemanticSearch, SemanticSearchOff } from './semantic-search.ts'
import { noStoreTtl, type StoreTtl } from './store-ttl.ts'
import { storeValueText } from './store-value.ts'
import { transaction } from './transaction.ts'

/** A write of an item, or its deletion if the value is null. */
export interface ItemPut extends ItemPlace {
  readonly value: Record<string, unknown> | null
  /** Minutes for which the item lives after its last use. Default: the store's default. */
  readonly ttl?: number | undefined
  /** Paths of the texts that are embedded, or false for none. Default: those of the store's index. */
  readonly index?: false | readonly string[] | undefined
}

export interface ItemSearch extends Omit<StoreSearch, 'tenant' | 'near' | 'scope'> {
  /** Text of a search by meaning. */
  readonly query?: string | undefined
}

/** Error for an item that can't be written, because its place has an item that the filter of the scope hides. */
export class HiddenItem extends Error {}

/** Maximum number of bytes of an item's place in the index of PostgreSQL: a third of a page, without the headers of the entry. */
const mostPlaceBytes = 2_640
/** Bytes that a label takes in the index entry in addition to its text. */
const bytesOfLabel = 7

/** Maximum number of texts of an item that are embedded. */
const mostTexts = 500

/** Error for a search that would have to read encrypted values in SQL. */
const encryptedFilter =
  "filter: the values of items are encrypted, so the database can't compare them. Search by namespace_prefix, and filter the items that you get."
/** Error for a filter of the author's own sign-in that would have to read encrypted values in SQL. */
const encryptedItems =
  "The sign-in of this server filters items by their values, which are encrypted, so the database can't compare them. Its handlers for the store may filter by namespace and key."

interface Options {
  readonly ttl?: StoreTtl
  readonly semantic?: SemanticSearch
}

/** How a read treats the TTL of the items that it returns. */
export interface ItemRead {
  /** Whether the read starts their TTL anew. Default: the setting of the store. */
  readonly refreshTtl?: boolean | undefined
}

/**
 * Items of the store of one tenant, in PostgreSQL. Every statement has a tenant predicate, so tenants never see each other's items. In a scope that
 * sees only what is its owner's, each namespace is stored below `["hadal:user", owner]`, so users never see each other's items either. Namespaces
 * are matched by label, so a search in `["acme"]` does not match `["acme2"]`.
 */
export class TenantItems {
  readonly #pool: pg.Pool
  readonly #scope: Scope
  readonly #options: Options
  /** Labels before each namespace in the database. */
  readonly #prefix: readonly string[]
  readonly #ttl: StoreTtl
  /** Whether the items can be searched by meaning. */
  readonly semantic: SemanticSearch

  constructor(pool: pg.Pool, scope: Scope, options: Options = {}) {
    const { ttl = noStoreTtl, semantic = notConfigured } = options
    this.#pool = pool
    this.#scope = scope
    this.#options = options
    this.#prefix = scope.sees === 'all' ? [] : [ofUsers, scope.owner ?? '']
    this.#ttl = ttl
    this.semantic = semantic
  }

  /** Returns the items of another scope, with the same settings. */
  inScope(scope: Scope, pool: pg.Pool = this.#pool): TenantItems {
    return new TenantItems(pool, scope, this.#options)
  }

  async get(place: ItemPlace, read: ItemRead = {}): Promise<StoreItemRow | undefined> {
    this.#checkFilter()
    const row = await getStoreItem(this.#pool, this.#scope, this.#stored(place))
    if (row) await this.#refresh([row], read)
    return row && this.#shown(row)
  }

  /**
   * Searches items, by meaning if the search has a query.
   *
   * @param reads executes the search. Default: the primary does
   * @throws {SemanticSearchOff} for a query without semantic search; {@link EmbeddingFailed} if the query could not be embedded
   */
  async search(
    { query, ...search }: ItemSearch,
    read: ItemRead = {},
    reads: Pick<Reads, 'ofMany'> = primaryReads(this.#pool),
  ): Promise<readonly FoundItemRow[]> {
    this.#checkFilter()
    if (Object.keys(search.filter).length > 0 && sealsOf(this.#pool)?.writes) throw new RangeError(encryptedFilter)
    const near = query ? await this.#near(query) : undefined
    const { tenant } = this.#scope
    const prefix = [...this.#prefix, ...search.prefix]
    const rows = await reads.ofMany((database) =>
      searchStoreItems(database, { ...search, prefix, near, tenant, scope: this.#scope }),
    )
    await this.#refresh(rows, read)
    return rows.map((row) => this.#shown(row))
  }

  /** @param reads executes the query. Default: the primary does */
  async namespaces(
    listing: Omit<NamespaceListing, 'tenant' | 'within' | 'scope'>,
    reads: Pick<Reads, 'ofMany'> = primaryReads(this.#pool),
  ): Promise<string[][]> {
    this.#checkFilter()
    const { tenant } = this.#scope
    const within = this.#prefix
    const found = await reads.ofMany((database) =>
      listStoreNamespaces(database, { ...listing, tenant, within, scope: this.#scope }),
    )
    return found.map((namespace) => namespace.slice(within.length))
  }

  /**
   * Writes items in one transaction, after their texts were embedded. The last write of a place wins.
   *
   * @throws RangeError for an invalid key or namespace, or for too many texts; {@link EmbeddingFailed} if texts could not be embedded;
   *   {@link HiddenItem}. Nothing is written then
   */
  async write(puts: readonly ItemPut[]): Promise<void> {
    this.#checkFilter()
    for (const put of puts) {
      checkPlace(put)
      if (put.value !== null && Object.hasOwn(put.value, sealedField))
        throw new RangeError(`The field ${sealedField} of a value is reserved. Name it differently.`)
    }
    // A fixed order prevents deadlocks between two batches.
    const byPlace = new Map(puts.map((put) => [JSON.stringify([put.namespace, put.key]), put]))
    const ordered = [...byPlace].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, put]) => put)
    if (ordered.length === 0) return
    for (const put of puts) if (put.value !== null) this.#checkSize(put)
    const { index } = this.semantic
    const items = ordered.map(({ value, ttl, index: paths, ...place }) => ({
      ...this.#stored(place),
      value: value === null ? null : storeValueText(value),
      ttlMinutes: ttl ?? this.#ttl.defaultMinutes,
      paths,
    }))
    const texts = items.map(({ value, paths = index?.fields }) =>
      index && value !== null && paths ? textsOf(value, paths) : [],
    )
    const vectors = index ? await embedTexts(index, texts.flat()) : undefined
    await transaction(this.#pool, async (client) => {
      for (const [number, { value, ...item }] of items.entries()) {
        if (value === null) {
          await deleteStoreItem(client, this.#scope, item)
          continue
        }
        if (!(await putStoreItem(client, this.#scope, { ...item, value }))) throw new HiddenItem()
        if (!index || !vectors) continue
        const ofItem = (texts[number] ?? []).map((text) => vectors.get(text) ?? [])
        const { model, schema } = index
        await replaceVectors(client, this.#scope.tenant, { ...item, model, schema, vectors: ofItem })
      }
    })
  }

  /** @throws RangeError for a filter of the scope on values, if the database holds them encrypted */
  #checkFilter(): void {
    const { items } = this.#scope
    if (items && sealsOf(this.#pool)?.writes && !isAbout(items, ['namespace', 'key']))
      throw new RangeError(encryptedItems)
  }

  /** @throws RangeError if a place is too long for the database together with the tenant and the user, whose ids are a part of it */
  #checkSize(place: ItemPlace): void {
    const { namespace, key } = this.#stored(place)
    const labels = namespace.reduce((bytes, label) => bytes + Buffer.byteLength(label) + bytesOfLabel, 0)
    const bytes = Buffer.byteLength(this.#scope.tenant) + labels + Buffer.byteLength(key)
    if (bytes > mostPlaceBytes)
      throw new RangeError(
        'The namespace and the key are together too long for a user or tenant with a long id. Shorten them.',
      )
  }

  /** Returns the place of an item in the database. */
  #stored({ namespace, key }: ItemPlace): ItemPlace {
    return { namespace: [...this.#prefix, ...namespace], key }
  }

  /** Returns the row of an item with its namespace as the caller knows it, without the labels of the user. */
  #shown<Row extends StoreItemRow>(row: Row): Row {
    return { ...row, namespace: row.namespace.slice(this.#prefix.length) }
  }

  /** The vector of a query. */
  async #near(query: string): Promise<NearVector> {
    const { index } = this.semantic
    if (!index) throw new SemanticSearchOff(this.semantic.reason)
    const vector = (await embedTexts(index, [query])).get(query) ?? []
    return { vector, model: index.model, schema: index.schema }
  }

  async #refresh(rows: readonly StoreItemRow[], { refreshTtl = this.#ttl.refreshOnRead }: ItemRead): Promise<void> {
    const timed = refreshTtl ? rows.filter(({ ttl_minutes }) => ttl_minutes !== null) : []
    if (timed.length > 0) await refreshStoreItems(this.#pool, this.#scope.tenant, timed)
  }
}

/** @throws RangeError if an item has too many texts */
function textsOf(value: string, paths: readonly string[]): string[] {
  const texts = itemTexts(JSON.parse(value), paths)
  if (texts.length <= mostTexts) return texts
  throw new RangeError(
    `The item has ${texts.length} texts to embed at ${paths.join(', ')}; the maximum is ${mostTexts}. Name other fields in index.`,
  )
}

/** @throws RangeError if no item can be at a place */
export function checkPlace({ namespace, key }: ItemPlace): void {
  const ofNamespace = namespaceProblem(namespace)
  if (ofNamespace) throw new RangeError(`The namespace ${ofNamespace}.`)
  const ofKey = keyProblem(key)
  if (ofKey) throw new RangeError(`The key ${ofKey}.`)
}
