/** Index on a table that may be large. It is built without blocking the table. */
export interface LargeIndex {
  /** Schema and name of the index. */
  readonly name: string
  /** CREATE INDEX CONCURRENTLY statement, which lets servers read and write the table and must not be in a transaction. */
  readonly sql: string
}

/** SQL condition of a thread that may have checkpoints which nothing needs: its last prune left some, or it was used since. */
export const isPrunable = 'prunable_since IS NOT NULL OR pruned_up_to IS DISTINCT FROM updated_at'
/** SQL expression for the earliest time of a checkpoint that nothing needs, of a thread for which {@link isPrunable} is true. */
export const prunableSince = 'coalesce(prunable_since, pruned_up_to)'

/** Indexes that are built after all migrations, if they are missing. Servers work without them, but slower. */
export const largeIndexes: readonly LargeIndex[] = [
  {
    name: 'public.checkpoints_in_order',
    // A backward scan gives the order of store/checkpoint-order.ts.
    sql: `CREATE INDEX CONCURRENTLY checkpoints_in_order
      ON public.checkpoints (thread_id, checkpoint_ns, hadal_sequence NULLS FIRST, checkpoint_id)`,
  },
  {
    name: 'hadal.thread_expiring',
    sql: 'CREATE INDEX CONCURRENTLY thread_expiring ON hadal.thread (expires_at) WHERE expires_at IS NOT NULL',
  },
  {
    name: 'hadal.thread_temporary',
    sql: 'CREATE INDEX CONCURRENTLY thread_temporary ON hadal.thread (updated_at) WHERE temporary',
  },
  {
    name: 'hadal.thread_prunable',
    sql: `CREATE INDEX CONCURRENTLY thread_prunable ON hadal.thread (updated_at) WHERE ${isPrunable}`,
  },
  {
    name: 'hadal.thread_prunable_since',
    sql: `CREATE INDEX CONCURRENTLY thread_prunable_since ON hadal.thread ((${prunableSince})) WHERE ${isPrunable}`,
  },
]
