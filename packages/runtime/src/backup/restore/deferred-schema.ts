import pg from 'pg'
import { largeIndexes } from '../../store/migrations/large-indexes.ts'
import { inParallel } from './in-parallel.ts'

/**
 * Detail of the statistics that a restore collects (PostgreSQL's `default_statistics_target`): a quarter of the default, which is enough for plans. With the
 * default, ANALYZE takes a fifth of PostgreSQL's CPU in a restore. Autovacuum collects them anew when a tenth of the rows has changed.
 */
const statisticsTarget = 25

interface Constraint {
  readonly table: string
  readonly name: string
  readonly definition: string
}

interface Index {
  readonly table: string
  readonly name: string
  readonly definition: string
  /** Name and kind of the constraint that uses the index; null for an index of its own. */
  readonly constraint: string | null
  readonly kind: 'PRIMARY KEY' | 'UNIQUE' | null
}

/** Indexes, foreign keys and triggers of tables, which are taken off while rows are written: it is faster to build them once at the end. */
export interface DeferredSchema {
  readonly tables: readonly string[]
  readonly indexes: readonly Index[]
  readonly foreignKeys: readonly Constraint[]
}

/** SQL join that keeps tables and leaves partitioned tables and partitions out; `%s` is the id of the table. */
const ofTables = `JOIN pg_class AS of_table ON of_table.oid = %s AND of_table.relkind = 'r' AND NOT of_table.relispartition`
const named = (oid: string): string =>
  `(SELECT relnamespace::regnamespace || '.' || relname FROM pg_class WHERE oid = ${oid})`

/**
 * Drops the indexes and foreign keys of tables and disables their triggers, in one transaction. Partitioned tables keep theirs.
 *
 * @param tables names with schema
 */
export async function takeOff(client: pg.Client, tables: readonly string[]): Promise<DeferredSchema> {
  const { rows: foreignKeys } = await client.query<Constraint>(
    `SELECT ${named('conrelid')} AS table, conname AS name, pg_get_constraintdef(pg_constraint.oid) AS definition
     FROM pg_constraint ${ofTables.replace('%s', 'conrelid')}
     WHERE contype = 'f' AND (${named('conrelid')} = ANY ($1) OR ${named('confrelid')} = ANY ($1)) ORDER BY 1, 2`,
    [tables],
  )
  const { rows: indexes } = await client.query<Index>(
    `SELECT ${named('indrelid')} AS table, index.relname AS name, pg_get_indexdef(indexrelid) AS definition, conname AS constraint,
       CASE contype WHEN 'p' THEN 'PRIMARY KEY' WHEN 'u' THEN 'UNIQUE' END AS kind
     FROM pg_index JOIN pg_class AS index ON index.oid = indexrelid ${ofTables.replace('%s', 'indrelid')}
       LEFT JOIN pg_constraint ON conindid = indexrelid AND contype IN ('p', 'u', 'x')
     WHERE ${named('indrelid')} = ANY ($1) AND contype IS DISTINCT FROM 'x' ORDER BY 1, 2`,
    [tables],
  )
  const alter = (table: string, change: string): string => `ALTER TABLE ${table} ${change}`
  await inOneTransaction(client, [
    ...foreignKeys.map(({ table, name }) => alter(table, `DROP CONSTRAINT ${pg.escapeIdentifier(name)}`)),
    ...indexes.map(({ table, name, constraint }) =>
      constraint === null
        ? `DROP INDEX ${schemaOf(table)}.${pg.escapeIdentifier(name)}`
        : alter(table, `DROP CONSTRAINT ${pg.escapeIdentifier(constraint)}`),
    ),
    ...tables.map((table) => alter(table, 'DISABLE TRIGGER USER')),
  ])
  const replaced = largeIndexes.map(({ replaces }) => replaces)
  return {
    tables,
    foreignKeys,
    indexes: indexes.filter((index) => !replaced.includes(`${schemaOf(index.table)}.${index.name}`)),
  }
}

/**
 * Builds indexes and foreign keys, and enables the triggers, over several connections at the same time. Also reads the statistics of the tables, which
 * the planner of queries needs.
 *
 * @param isNewest whether the tables have the newest schema, so that they also get their large indexes
 */
export async function putBack(
  clients: readonly pg.Client[],
  { tables, indexes, foreignKeys }: DeferredSchema,
  isNewest: boolean,
): Promise<void> {
  const [first] = clients
  if (!first) throw new Error('No connection was given.')
  const large = isNewest ? await missingLargeIndexes(first) : []
  await inParallel(clients, [...indexes.map(({ definition }) => definition), ...large], (client, sql) =>
    client.query(sql),
  )
  await inOneTransaction(first, [
    ...indexes.flatMap(({ table, name, constraint, kind }) =>
      constraint === null
        ? []
        : [
            `ALTER TABLE ${table} ADD CONSTRAINT ${pg.escapeIdentifier(constraint)} ${kind} USING INDEX ${pg.escapeIdentifier(name)}`,
          ],
    ),
    ...foreignKeys.map(
      ({ table, name, definition }) =>
        `ALTER TABLE ${table} ADD CONSTRAINT ${pg.escapeIdentifier(name)} ${definition.replace(/ NOT VALID$/, '')} NOT VALID`,
    ),
    ...tables.map((table) => `ALTER TABLE ${table} ENABLE TRIGGER USER`),
  ])
  for (const client of clients) await client.query(`SET default_statistics_target = ${statisticsTarget}`)
  await inParallel(
    clients,
    [
      ...foreignKeys.map(({ table, name }) => `ALTER TABLE ${table} VALIDATE CONSTRAINT ${pg.escapeIdentifier(name)}`),
      ...tables.map((table) => `ANALYZE ${table}`),
    ],
    (client, sql) => client.query(sql),
  )
}

/** Statements that build the missing large indexes; they need not be built concurrently. Those that fill a column first are left to the migration. */
async function missingLargeIndexes(client: pg.Client): Promise<string[]> {
  const missing: string[] = []
  for (const { name, sql, fill } of largeIndexes) {
    const { rows } = await client.query<{ exists: boolean }>('SELECT to_regclass($1) IS NOT NULL AS exists', [name])
    if (!rows[0]?.exists && fill === undefined) missing.push(sql.replace(' CONCURRENTLY', ''))
  }
  return missing
}

const schemaOf = (table: string): string => table.slice(0, table.indexOf('.'))

async function inOneTransaction(client: pg.Client, statements: readonly string[]): Promise<void> {
  await client.query(['BEGIN', ...statements, 'COMMIT'].join(';\n')).catch(async (error: unknown) => {
    await client.query('ROLLBACK')
    throw error
  })
}
