import type { Scope } from '../scope.ts'
import { openedFound } from '../sealing/opened-search.ts'
import { sealedField } from '../sealing/sealed-json.ts'
import type { Queryable } from '../transaction.ts'
import { type ThreadFilter, threadCondition } from './thread-filter.ts'
import { newestRunOfThread, type ThreadRow } from './thread-rows.ts'

export const threadSortColumns = ['thread_id', 'status', 'created_at', 'updated_at', 'state_updated_at'] as const
export type ThreadSortColumn = (typeof threadSortColumns)[number]

/** Columns of each order, before the id. Threads with the same status are ordered by their last update. */
const orders: Readonly<Record<ThreadSortColumn, readonly string[]>> = {
  thread_id: [],
  status: ['status', 'updated_at'],
  created_at: ['created_at'],
  updated_at: ['updated_at'],
  state_updated_at: ['state_updated_at'],
}

/**
 * Fields of a thread from which a search can extract a part, each with the SQL of the part at a path. The part is chosen in the database, which sends
 * nothing else of it. A sealed field is sent whole: see {@link openedFound}.
 */
const extractable = {
  values: (path: string) => `CASE WHEN "values" ? '${sealedField}' THEN "values" ELSE "values" #> ${path} END`,
  metadata: (path: string) => `metadata #> ${path}`,
  config: (path: string) => `(
    SELECT CASE WHEN newest->>'sealed' IS NULL THEN newest #> (ARRAY['config'] || ${path})
      ELSE json_build_object('${sealedField}', newest->'sealed', 'run_id', newest->'run_id') END
    FROM (SELECT ${newestRunOfThread} AS newest OFFSET 0) AS one)`,
  interrupts: (path: string) =>
    `CASE WHEN interrupts->'${sealedField}' IS NOT NULL THEN interrupts ELSE interrupts #> ${path} END`,
}
export type ExtractedField = keyof typeof extractable
export const extractedFields = ['values', 'metadata', 'config', 'interrupts'] as const satisfies ExtractedField[]

/** A part of a thread's field: the keys of objects and the indexes of lists on the way to it. A negative index counts from the end. */
export interface ExtractedPath {
  readonly field: ExtractedField
  readonly path: readonly string[]
}

export interface ThreadPage {
  readonly limit: number
  readonly offset: number
  readonly sortBy: ThreadSortColumn
  readonly ascending: boolean
  /** Fields of the API that the client wants: a name, or `values.name` for a key of the values. Default: all. */
  readonly select?: readonly string[]
  /** Parts of the threads that the client wants in addition. */
  readonly extract?: readonly ExtractedPath[]
}

/** Threads of one page, and whether more threads follow it. */
export interface FoundThreads {
  readonly threads: readonly FoundThread[]
  readonly more: boolean
}

export interface FoundThread extends ThreadRow {
  /** The extracted parts, in the order of the request: null where a thread lacks one. */
  readonly extracted: readonly unknown[]
}

/** Columns that may be large, each with its SQL, and the SQL that replaces it in a search that does not want it. */
const largeColumns = {
  metadata: { sql: 'metadata', absent: "'{}'::jsonb" },
  interrupts: { sql: 'interrupts', absent: "'{}'::json" },
  error: { sql: 'error', absent: 'NULL::jsonb' },
  newest_run: { sql: newestRunOfThread, absent: 'NULL::json' },
}
const smallColumns = 'thread_id, tenant, status, created_at, updated_at, state_updated_at'

/** Adds a parameter to a statement. @returns its placeholder */
type AddParameter = (value: unknown) => string

/** Returns the columns of a search. A large column that the client does not want is not read, and of the values only the wanted keys are sent. */
function columns(select: readonly string[] | undefined, parameter: AddParameter): string {
  const wanted = (column: string): boolean =>
    !select ||
    select.includes(column) ||
    (column === 'newest_run' && ['config', 'context'].some((name) => select.includes(name)))
  const large = Object.entries(largeColumns).map(
    ([column, { sql, absent }]) => `${wanted(column) ? sql : absent} AS ${column}`,
  )
  return [smallColumns, ...large, `${valuesColumn(select, parameter)} AS "values"`].join(', ')
}

function valuesColumn(select: readonly string[] | undefined, parameter: AddParameter): string {
  if (!select || select.includes('values')) return '"values"'
  const keys = select.flatMap((field) => (field.startsWith('values.') ? [field.slice('values.'.length)] : []))
  if (keys.length === 0) return 'NULL'
  return `CASE WHEN "values" ? '${sealedField}' THEN "values" WHEN jsonb_typeof("values") = 'object' THEN (
    SELECT jsonb_object_agg(key, value) FROM jsonb_each("values") WHERE key = ANY(${parameter(keys)}::text[])) END`
}

const extractedColumn = (extract: readonly ExtractedPath[], parameter: AddParameter): string =>
  `json_build_array(${extract.map(({ field, path }) => extractable[field](`${parameter(path)}::text[]`)).join(', ')})`

/**
 * Returns one page of the threads that a filter finds in a scope. The page is chosen by ids, so that PostgreSQL reads the other columns only of its
 * threads. One more id shows whether threads follow.
 */
export async function searchThreads(
  database: Queryable,
  scope: Scope,
  filter: ThreadFilter,
  { limit, offset, sortBy, ascending, select, extract = [] }: ThreadPage,
): Promise<FoundThreads> {
  const { text, values } = threadCondition(scope, filter)
  const direction = ascending ? 'ASC' : 'DESC'
  const order = [...orders[sortBy], 'thread_id'].map((column) => `${column} ${direction}`).join(', ')
  const parameters = [...values]
  const parameter: AddParameter = (value) => `$${parameters.push(value)}`
  const size = parameter(limit)
  const { rows } = await database.query<FoundThread & { readonly more: boolean }>(
    `WITH page AS MATERIALIZED (
       SELECT ARRAY(SELECT thread_id FROM hadal.thread WHERE ${text}
         ORDER BY ${order} LIMIT ${size}::int + 1 OFFSET ${parameter(offset)}) AS ids)
     SELECT ${columns(select, parameter)}, ${extractedColumn(extract, parameter)} AS extracted,
       (SELECT cardinality(ids) > ${size}::int FROM page) AS more
     FROM hadal.thread AS thread WHERE thread_id = ANY((SELECT ids[1:${size}::int] FROM page)::uuid[])
     ORDER BY ${order}`,
    parameters,
  )
  return { threads: rows.map((row) => openedFound(database, row, { select, extract })), more: rows[0]?.more ?? false }
}

/** Counts the threads that a filter finds in a scope. @param most number at which the count ends; without it, all are counted */
export async function countThreads(
  database: Queryable,
  scope: Scope,
  filter: ThreadFilter,
  most?: number,
): Promise<number> {
  const { text, values } = threadCondition(scope, filter)
  const { rows } = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM (
       SELECT 1 FROM hadal.thread WHERE ${text} LIMIT $${values.length + 1}) AS found`,
    [...values, most ?? null],
  )
  return rows[0]?.count ?? 0
}
