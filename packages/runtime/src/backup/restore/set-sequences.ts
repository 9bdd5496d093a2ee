import type pg from 'pg'

interface NumberedColumn {
  readonly table: string
  readonly column: string
  /** Type of the table's column `thread_id`. */
  readonly threadType: 'text' | 'uuid'
}

/** Columns whose values come from a sequence that no column owns. */
export const sharedSequences: Readonly<Record<string, readonly NumberedColumn[]>> = {
  'hadal.checkpoint_sequence': [
    { table: 'public.checkpoints', column: 'hadal_sequence', threadType: 'text' },
    { table: 'hadal.run', column: 'start_number', threadType: 'uuid' },
  ],
}

/**
 * Number by which a sequence of a living database is set beyond the restored rows: servers take numbers at the same time, and no number may be given
 * twice.
 */
const distance = 1_000_000

/** Sets the sequences of a restored database to the greatest numbers in its rows. */
export async function setSequences(client: pg.Client): Promise<void> {
  const { rows: owned } = await client.query<{ sequence: string; table: string; column: string }>(
    `SELECT sequence.relnamespace::regnamespace || '.' || sequence.relname AS sequence,
       of_table.relnamespace::regnamespace || '.' || of_table.relname AS table, quote_ident(attname) AS column
     FROM pg_depend JOIN pg_class AS sequence ON sequence.oid = objid AND sequence.relkind = 'S'
       JOIN pg_class AS of_table ON of_table.oid = refobjid
       JOIN pg_attribute ON attrelid = refobjid AND attnum = refobjsubid
     WHERE classid = 'pg_class'::regclass AND refclassid = 'pg_class'::regclass AND deptype IN ('a', 'i')
       AND of_table.relnamespace = 'hadal'::regnamespace`,
  )
  for (const { sequence, table, column } of owned) await raise(client, sequence, [greatestOf({ table, column })], 0)
  for (const [sequence, columns] of Object.entries(sharedSequences))
    await raise(client, sequence, columns.map(greatestOf), 0)
}

/** Raises the shared sequences of a living database, if its restored threads have greater numbers. Other sessions may use them at the same time. */
export async function raiseSequences(client: pg.ClientBase, threadIds: readonly string[]): Promise<void> {
  // By the type of the column, so that the query uses its index.
  const ofThreads = (column: NumberedColumn): string =>
    `${greatestOf(column)} WHERE thread_id = ANY ($1::text[]::${column.threadType}[])`
  for (const [sequence, columns] of Object.entries(sharedSequences))
    await raise(client, sequence, columns.map(ofThreads), distance, [threadIds])
}

const greatestOf = ({ table, column }: Pick<NumberedColumn, 'table' | 'column'>): string =>
  `SELECT max(${column}) FROM ${table}`

/** @param queries each returns a number; the greatest one counts */
async function raise(
  client: pg.ClientBase,
  sequence: string,
  queries: readonly string[],
  beyond: number,
  values: readonly unknown[] = [],
): Promise<void> {
  const greatest = queries.map((query) => `(${query})`).join(', ')
  await client.query(
    `SELECT setval('${sequence}', restored.greatest + ${beyond}) FROM (SELECT greatest(${greatest}) AS greatest) AS restored,
       ${sequence} AS sequence WHERE restored.greatest > sequence.last_value OR (restored.greatest = sequence.last_value AND NOT sequence.is_called)`,
    [...values],
  )
}
