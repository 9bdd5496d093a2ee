/** Result of one batch of a removal. */
export interface RemovedBatch {
  /** Number of removed rows or threads. */
  readonly removed: number
  /** Whether the batch was full, so that another one may find more. */
  readonly more: boolean
}

/** A kind of data that the sweeper removes from the database, in small batches. */
export interface Removal {
  /** Name of the removed data, a label of the metrics. */
  readonly kind: string
  /** Removes one batch. */
  readonly removeBatch: () => Promise<RemovedBatch>
}
