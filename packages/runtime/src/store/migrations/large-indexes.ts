/** Index on a table that may be large. It is built without blocking the table. */
export interface LargeIndex {
  /** Schema and name of the index. */
  readonly name: string
  /** CREATE INDEX CONCURRENTLY statement, which lets servers read and write the table and must not be in a transaction. */
  readonly sql: string
}

/** Indexes that are built after all migrations, if they are missing. Servers work without them, but slower. */
export const largeIndexes: readonly LargeIndex[] = [
  {
    name: 'public.checkpoints_in_order',
    // A backward scan gives the order of store/checkpoint-order.ts.
    sql: `CREATE INDEX CONCURRENTLY checkpoints_in_order
      ON public.checkpoints (thread_id, checkpoint_ns, hadal_sequence NULLS FIRST, checkpoint_id)`,
  },
]
