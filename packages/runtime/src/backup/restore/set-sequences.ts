import type pg from 'pg'

/** Columns whose values come from a sequence that no column owns. */
export const sharedSequences: Readonly<Record<string, readonly { readonly table: string; readonly column: string }[]>> =
  {
    'hadal.checkpoint_sequence': [
      { table: 'public.checkpoints', column: 'hadal_sequence' },
      { table: 'hadal.run', column: 'start_number' },
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
  for (const { sequence, table, column } of owned) await raise(client, sequence, [{ table, column }], 'all', 0)
  for (const [sequence, columns] of Object.entries(sharedSequences)) await raise(client, sequence, columns, 'all', 0)
}

/** Raises the shared sequences of a living database, if its restored threads have greater numbers. Other sessions may use them at the same time. */
export async function raiseSequences(client: pg.ClientBase, threadIds: readonly string[]): Promise<void> {
  for (const [sequence, columns] of Object.entries(sharedSequences))
    await raise(client, sequence, columns, threadIds, distance)
}

async function raise(
  client: pg.ClientBase,
  sequence: string,
  columns: readonly { readonly table: string; readonly column: string }[],
  threads: readonly string[] | 'all',
  beyond: number,
): Promise<void> {
  const where = threads === 'all' ? '' : 'WHERE thread_id::text = ANY ($1)'
  const greatest = columns.map(({ table, column }) => `(SELECT max(${column}) FROM ${table} ${where})`)
  await client.query(
    `SELECT setval('${sequence}', restored.greatest + ${beyond}) FROM (SELECT greatest(${greatest.join(', ')}) AS greatest) AS restored,
       ${sequence} AS sequence WHERE restored.greatest > sequence.last_value OR (restored.greatest = sequence.last_value AND NOT sequence.is_called)`,
    threads === 'all' ? [] : [threads],
  )
}
