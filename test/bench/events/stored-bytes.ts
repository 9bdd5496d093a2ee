import type pg from 'pg'

/** Bytes of the event log, of the checkpoints and of all other tables, with their indexes and without space that dead rows occupied. */
export interface StoredBytes {
  readonly events: number
  readonly checkpoints: number
  readonly other: number
}

/** Tables of the server. The queue of pg-boss is partitioned: its partitions are separate tables. */
const tables = `SELECT table_schema || '.' || table_name AS name FROM information_schema.tables
  WHERE table_schema NOT IN ('pg_catalog', 'information_schema') AND table_type = 'BASE TABLE'`

/** Rewrites all tables of a database without the space of dead rows, and returns their sizes. */
export async function storedBytes(database: pg.Client): Promise<StoredBytes> {
  await database.query('VACUUM (FULL)')
  const { rows } = await database.query<{ name: string; bytes: string }>(
    `SELECT name, pg_total_relation_size(name::regclass) AS bytes FROM (${tables}) AS tables`,
  )
  const sum = (wanted: (name: string) => boolean): number =>
    rows.filter(({ name }) => wanted(name)).reduce((total, { bytes }) => total + Number(bytes), 0)
  const isEvents = (name: string): boolean => name === 'hadal.run_event'
  const isCheckpoints = (name: string): boolean => /\.checkpoint/.test(name)
  return {
    events: sum(isEvents),
    checkpoints: sum(isCheckpoints),
    other: sum((name) => !isEvents(name) && !isCheckpoints(name)),
  }
}

export const difference = (after: StoredBytes, before: StoredBytes): StoredBytes => ({
  events: after.events - before.events,
  checkpoints: after.checkpoints - before.checkpoints,
  other: after.other - before.other,
})

/** Position in the write-ahead log of a PostgreSQL server, in bytes. */
export async function walBytes(database: pg.Client): Promise<number> {
  const { rows } = await database.query<{ bytes: string }>(
    "SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') AS bytes",
  )
  return Number(rows[0]?.bytes)
}
