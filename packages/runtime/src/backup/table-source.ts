import pg from 'pg'
import { type KeptTable, tableClasses } from './table-classes.ts'

/** A kept table of a database, with the statement that reads its rows for a backup. */
export interface TableSource {
  /** Name with schema, such as `hadal.run`. */
  readonly name: string
  /** Columns that a restore writes, each with its type as PostgreSQL writes it. Generated columns are not among them. */
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  /** Whether the rows belong to threads. The first field of each row of {@link query} is then the id of the thread, and is not part of the row. */
  readonly ofThreads: boolean
  /** Query for the rows in the order of the backup. The order is the same on every server. */
  readonly query: string
}

interface Column {
  readonly table: string
  readonly name: string
  readonly type: string
  readonly generated: boolean
  /** Whether the type has a collation. */
  readonly collated: boolean
  /** Position in the primary key, from 1; null for a column outside of it. */
  readonly place: number | null
}

/**
 * Reads from the catalog how the rows of the kept tables are read, in the order of the classes. A kept table that does not exist is left out.
 *
 * @throws Error with one sentence if the database has a table that this program does not know
 */
export async function readTableSources(client: pg.ClientBase): Promise<readonly TableSource[]> {
  const { rows } = await client.query<Column>(
    // Partitions are read through their table.
    `SELECT relnamespace::regnamespace || '.' || relname AS table, attname AS name, format_type(atttypid, atttypmod) AS type,
       attgenerated <> '' AS generated, attcollation <> 0 AS collated, array_position(indkey::int2[], attnum) + 1 AS place
     FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
       LEFT JOIN pg_index ON indrelid = pg_class.oid AND indisprimary
     WHERE relkind IN ('r', 'p') AND NOT relispartition AND (relnamespace::regnamespace::text IN ('hadal', 'public'))
     ORDER BY pg_class.oid, attnum`,
  )
  const columnsOf = Map.groupBy(rows, ({ table }) => table)
  const unknown = [...columnsOf.keys()].filter(
    (name) => name.startsWith('hadal.') && !Object.hasOwn(tableClasses, name),
  )
  if (unknown.length > 0)
    throw new Error(
      `The database has tables that this program does not know: ${unknown.join(', ')}. Use the program of the database's release.`,
    )
  const sources: TableSource[] = []
  for (const [name, entry] of Object.entries(tableClasses)) {
    const columns = columnsOf.get(name)
    if (entry.class === 'kept' && columns) sources.push(sourceOf(name, entry, columns))
  }
  return sources
}

function sourceOf(name: string, { thread, join }: KeptTable, all: readonly Column[]): TableSource {
  const columns = all.filter(({ generated }) => !generated)
  const key = all.filter(({ place }) => place !== null).toSorted((a, b) => (a.place ?? 0) - (b.place ?? 0))
  if (key.length === 0) throw new Error(`${name} has no primary key, which orders its rows. This is a bug in Hadal.`)
  const sqlOf = (column: Column): string => `row.${pg.escapeIdentifier(column.name)}`
  const order = [
    ...(thread ? [thread] : []),
    ...key.map((column) => sqlOf(column) + (column.collated ? ' COLLATE "C"' : '')),
  ]
  return {
    name,
    columns: columns.map(({ name: column, type }) => ({ name: column, type })),
    ofThreads: thread !== undefined,
    query: `SELECT ${[...(thread ? [thread] : []), ...columns.map(sqlOf)].join(', ')} FROM ${name} AS row ${join ?? ''} ORDER BY ${order.join(', ')}`,
  }
}
