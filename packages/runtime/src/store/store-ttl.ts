/** TTL of items that have none of their own, and what a read does with a TTL. */
export interface StoreTtl {
  /** Minutes for which an item lives after its last use, if its put names none; undefined to keep it. */
  readonly defaultMinutes: number | undefined
  /** Whether a read starts the TTL of the items that it returns anew, unless the read says otherwise. */
  readonly refreshOnRead: boolean
}

/** TTLs of a store without settings: items are kept, and reads start the TTL of an item anew. */
export const noStoreTtl: StoreTtl = { defaultMinutes: undefined, refreshOnRead: true }
