import type { Queryable } from '../transaction.ts'

/** Number and size of stored rows. The size is that of their values as PostgreSQL stores them, compressed and without the overhead of rows. */
export interface StoredRows {
  readonly count: number
  readonly bytes: number
}

/** What a thread stores in the database, without its runs and events. */
export interface ThreadStorage {
  readonly checkpoints: StoredRows
  /** Stored versions of the values of each channel, by the channel's name. */
  readonly byChannel: Readonly<Record<string, StoredRows>>
  readonly pendingWrites: StoredRows
}

const rowsOf = (table: string, size: string): string =>
  `SELECT count(*)::double precision AS count, coalesce(sum(${size}), 0)::double precision AS bytes FROM public.${table} WHERE thread_id = $1`

/** Returns what the checkpoints of a thread store, in all namespaces. */
export async function threadStorage(database: Queryable, threadId: string): Promise<ThreadStorage> {
  const none: StoredRows = { count: 0, bytes: 0 }
  const checkpoints = await database.query<StoredRows>(
    rowsOf('checkpoints', 'pg_column_size(checkpoint) + pg_column_size(metadata)'),
    [threadId],
  )
  const writes = await database.query<StoredRows>(rowsOf('checkpoint_writes', 'pg_column_size(blob)'), [threadId])
  const values = await database.query<StoredRows & { channel: string }>(
    `SELECT channel, count(*)::double precision AS count, coalesce(sum(pg_column_size(blob)), 0)::double precision AS bytes
     FROM public.checkpoint_blobs WHERE thread_id = $1 GROUP BY channel ORDER BY channel`,
    [threadId],
  )
  return {
    checkpoints: checkpoints.rows[0] ?? none,
    pendingWrites: writes.rows[0] ?? none,
    byChannel: Object.fromEntries(values.rows.map(({ channel, count, bytes }) => [channel, { count, bytes }])),
  }
}
