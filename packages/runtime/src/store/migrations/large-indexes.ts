/** Index on a table that may be large. It is built without blocking the table. */
export interface LargeIndex {
  /** Schema and name of the index. */
  readonly name: string
  /** CREATE INDEX CONCURRENTLY statement, which lets servers read and write the table and must not be in a transaction. */
  readonly sql: string
  /**
   * Statement that writes the indexed column of some rows, in the order of their ids. Its parameter is an id, after which it continues. It returns the
   * last id that it wrote as `id`, or no row if none was left. It is repeated until then, before the index is built.
   */
  readonly fill?: string
  /** Schema and name of an index that this one replaces, which is dropped after this one is built. */
  readonly replaces?: string
}

/** SQL condition of a thread that may have checkpoints which nothing needs: its last prune left some, or it was used since. */
export const isPrunable = 'prunable_since IS NOT NULL OR pruned_up_to IS DISTINCT FROM updated_at'
/** SQL expression for the earliest time of a checkpoint that nothing needs, of a thread for which {@link isPrunable} is true. */
export const prunableSince = 'coalesce(prunable_since, pruned_up_to)'

/** Returns an index on the threads that searches find: those that do not belong to a stateless run. */
const ofThreads = (name: string, columns: string): Pick<LargeIndex, 'name' | 'sql'> => ({
  name: `hadal.${name}`,
  sql: `CREATE INDEX CONCURRENTLY ${name} ON hadal.thread ${columns} WHERE NOT temporary`,
})

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
  // One index for each order of a search. The id is part of it, so that a search reads a page far from the start from the index alone.
  { ...ofThreads('thread_by_update', '(updated_at, thread_id)'), replaces: 'hadal.thread_by_time' },
  // Serves searches of one user's threads, and of a tenant that has few of all threads. Other orders need no index: a user has so few threads that
  // PostgreSQL can sort them.
  ofThreads('thread_by_owner', '(tenant, owner, updated_at, thread_id)'),
  ofThreads('thread_by_creation', '(created_at, thread_id)'),
  ofThreads('thread_by_state_update', '(state_updated_at, thread_id)'),
  ofThreads('thread_by_status', '(status, updated_at, thread_id)'),
  {
    ...ofThreads('thread_by_values', 'USING gin (searched_values jsonb_path_ops)'),
    fill: `WITH batch AS (
        SELECT thread_id FROM hadal.thread WHERE thread_id > $1 AND searched_values IS NULL
        ORDER BY thread_id LIMIT 500 FOR UPDATE),
      filled AS (
        UPDATE hadal.thread AS thread SET searched_values = hadal.searched_values_v1(thread."values")
        FROM batch WHERE thread.thread_id = batch.thread_id RETURNING thread.thread_id)
      SELECT thread_id AS id FROM filled ORDER BY thread_id DESC LIMIT 1`,
  },
  {
    // Threads that wait for an answer, which approvers find: see store/scope.ts.
    name: 'hadal.thread_waiting',
    sql: `CREATE INDEX CONCURRENTLY thread_waiting ON hadal.thread (tenant, updated_at) WHERE interrupts::text <> '{}'`,
  },
  {
    // Only removals read it: runs that are over and still have their events.
    name: 'hadal.run_with_events',
    sql: `CREATE INDEX CONCURRENTLY run_with_events ON hadal.run (ended_at)
      WHERE ended_at IS NOT NULL AND events_removed IS NULL`,
  },
  {
    // Read by the streams of threads: the runs of a thread in the order of their starts.
    name: 'hadal.run_in_order',
    sql: 'CREATE INDEX CONCURRENTLY run_in_order ON hadal.run (thread_id, start_number) WHERE start_number IS NOT NULL',
  },
  {
    // Read by the limits of waiting runs.
    name: 'hadal.run_waiting',
    sql: "CREATE INDEX CONCURRENTLY run_waiting ON hadal.run (tenant, owner) WHERE status = 'pending'",
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
  {
    name: 'hadal.store_item_expiring',
    sql: 'CREATE INDEX CONCURRENTLY store_item_expiring ON hadal.store_item (expires_at) WHERE expires_at IS NOT NULL',
  },
  // Searches in a namespace read a range of the primary key; this index is for searches in all namespaces.
  {
    name: 'hadal.store_item_by_update',
    sql: 'CREATE INDEX CONCURRENTLY store_item_by_update ON hadal.store_item (tenant, updated_at)',
    replaces: 'hadal.store_item_by_root',
  },
]
