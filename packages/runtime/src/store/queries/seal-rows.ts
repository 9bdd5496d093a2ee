import type { SealedColumn, StoredValue } from '../sealing/sealed-columns.ts'
import { SealError } from '../sealing/sealer.ts'
import type { Seals } from '../sealing/seals.ts'
import type { Queryable } from '../transaction.ts'

/** Maximum number of rows that are read at once. Their values may be large. */
const atOnce = 50

/** Number of values of a column by the id of their key; null for plain ones. */
export async function countByKey(
  database: Queryable,
  column: SealedColumn,
): Promise<{ readonly keyId: string | null; readonly count: number }[]> {
  const { rows } = await database.query<{ keyId: string | null; count: number }>(
    `SELECT ${column.keyId} AS "keyId", count(*)::float8 AS count FROM ${column.table} AS row WHERE ${column.exists} GROUP BY 1 ORDER BY 1 NULLS LAST`,
  )
  return rows
}

/** Result of {@link sealRows}. */
interface SealedRows {
  /** Number of changed values. */
  readonly changed: number
  /** A sentence for each value that can't be decrypted. */
  readonly unreadable: readonly string[]
  /** Key of the last row that was looked at; undefined if there is no further one. */
  readonly last: readonly string[] | undefined
}

interface FoundRow extends StoredValue {
  readonly key: string[]
  readonly tenant: string
  readonly row_version: string
  readonly run: string | null
}

/** Returns SQL for the columns of a row's key as texts. A namespace is JSON. */
const keyTexts = ({ key }: SealedColumn): string[] =>
  Object.entries(key).map(([name, type]) => (type === 'text[]' ? `to_json(row.${name})::text` : `row.${name}::text`))

/** Returns the placeholders of a key's texts, numbered from `from`, with casts to the types of the columns. */
const keyValues = ({ key }: SealedColumn, from: number): string[] =>
  Object.values(key).map((type, index) => {
    const place = `$${from + index}`
    return type === 'text[]' ? `ARRAY(SELECT jsonb_array_elements_text(${place}::jsonb))` : `${place}::${type}`
  })

const keyColumns = ({ key }: SealedColumn): string =>
  Object.keys(key)
    .map((name) => `row.${name}`)
    .join(', ')

/**
 * Encrypts the next values of a column that are plain or encrypted with an older key, or decrypts those that are encrypted if the server does not
 * encrypt. A row that another process changes meanwhile is left to the next pass. Each row is changed in a transaction of its own, so that no
 * transaction waits for several rows. A value that can't be decrypted stays.
 *
 * @param after key of the last row of the call before; undefined to begin
 */
export async function sealRows(
  database: Queryable,
  column: SealedColumn,
  seals: Seals,
  after: readonly string[] | undefined,
): Promise<SealedRows> {
  const parameters: unknown[] = [atOnce, ...(seals.writes ? [seals.sealer.keyIds[0]] : [])]
  const due = seals.writes ? `(${column.keyId}) IS DISTINCT FROM $2` : `(${column.keyId}) IS NOT NULL`
  const beyond = after ? `AND (${keyColumns(column)}) > (${keyValues(column, parameters.length + 1).join(', ')})` : ''
  const { rows } = await database.query<FoundRow>(
    `SELECT ARRAY[${keyTexts(column).join(', ')}] AS key, ${column.tenant} AS tenant, row.xmin::text AS row_version,
       ${column.run ?? 'NULL'} AS run, ${column.value}
     FROM ${column.table} AS row WHERE ${column.exists} AND ${due} ${beyond} ORDER BY ${keyColumns(column)} LIMIT $1`,
    [...parameters, ...(after ?? [])],
  )
  let changed = 0
  const unreadable: string[] = []
  for (const row of rows) {
    try {
      if (await changeRow(database, column, seals, row)) changed += 1
    } catch (error) {
      if (!(error instanceof SealError)) throw error
      unreadable.push(error.message)
    }
  }
  return { changed, unreadable, last: rows.length < atOnce ? undefined : rows.at(-1)?.key }
}

async function changeRow(database: Queryable, column: SealedColumn, seals: Seals, row: FoundRow): Promise<boolean> {
  const { text, type, bytes } = column.change(seals, row, row.tenant, row.key)
  const isKey = keyValues(column, 6)
  const same = Object.keys(column.key).map((name, index) => `row.${name} = ${isKey[index]}`)
  const { rowCount } = await database.query(
    // A trigger on checkpoint_writes stores the setting with the row: see migration 7.
    `WITH given AS MATERIALIZED (
       SELECT set_config('hadal.run_id', $4::text, true) AS run, set_config('synchronous_commit', 'off', true) AS volatile,
         $1::text AS text, $2::text AS type, $3::bytea AS bytes)
     UPDATE ${column.table} AS row SET ${column.assign} FROM given
     WHERE given.run IS NOT NULL AND given.volatile IS NOT NULL AND row.xmin::text = $5 AND ${same.join(' AND ')}`,
    [text, type, bytes, row.run ?? '', row.row_version, ...row.key],
  )
  return rowCount === 1
}

/**
 * Decrypts one encrypted value of a column, as a proof that the keys fit.
 *
 * @returns whether the column has an encrypted value
 * @throws {SealError} that names the value and its key if it can't be decrypted
 */
export async function openOneSealed(database: Queryable, column: SealedColumn, seals: Seals): Promise<boolean> {
  const { rows } = await database.query<FoundRow>(
    `SELECT ARRAY[${keyTexts(column).join(', ')}] AS key, ${column.tenant} AS tenant, ${column.value}
     FROM ${column.table} AS row WHERE ${column.exists} AND (${column.keyId}) IS NOT NULL LIMIT 1`,
  )
  const [row] = rows
  if (!row) return false
  column.change({ ...seals, writes: false }, row, row.tenant, row.key)
  return true
}
