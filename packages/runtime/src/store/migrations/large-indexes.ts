/** An index on a table that may be large. */
export interface LargeIndex {
  /** Schema and name. */
  readonly name: string
  /** Builds the index while servers read and write the table: CREATE INDEX CONCURRENTLY, which must not be in a transaction. */
  readonly sql: string
}

/** Indexes that a migration of the database builds after all migrations, if they are missing. Servers work without them, only slower. */
export const largeIndexes: readonly LargeIndex[] = [
  {
    name: 'public.checkpoints_in_order',
    // Read backwards, it gives the order of store/checkpoint-order.ts.
    sql: `CREATE INDEX CONCURRENTLY checkpoints_in_order
      ON public.checkpoints (thread_id, checkpoint_ns, hadal_sequence NULLS FIRST, checkpoint_id)`,
  },
]
