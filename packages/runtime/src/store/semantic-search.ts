/** What embeds the texts of items, and which texts: the field `store.index` of a langgraph.json. */
export interface StoreIndex {
  /** Name of the embedding model, stored with each vector. Vectors of another model are not compared. */
  readonly model: string
  /** Number of dimensions of a vector. */
  readonly dims: number
  /** Paths of the texts in an item's value, for items that name none. */
  readonly fields: readonly string[]
  /** Schema of the extension pgvector, as a quoted SQL identifier. */
  readonly schema: string
  readonly embed: (texts: readonly string[]) => Promise<unknown>
}

/** Whether a store can search by meaning. If not, with the reason, and with whether the langgraph.json asks for it. */
export type SemanticSearch =
  | { readonly index: StoreIndex }
  | { readonly index?: never; readonly reason: string; readonly isConfigured: boolean }

export const notConfigured: SemanticSearch = {
  reason: 'semantic search is not configured on this server. Add store.index to langgraph.json, or search by filter',
  isConfigured: false,
}

/** Thrown for a search by meaning in a store that has no semantic search. */
export class SemanticSearchOff extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'SemanticSearchOff'
  }
}
