import type { Queryable } from '../transaction.ts'
import { type ThreadFilter, threadCondition } from './thread-filter.ts'
import type { ThreadRow } from './thread-rows.ts'

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

export interface ThreadPage {
  readonly limit: number
  readonly offset: number
  readonly sortBy: ThreadSortColumn
  readonly ascending: boolean
  /** Fields of the API that the client wants: a name, or `values.name` for a key of the values. Default: all. */
  readonly select?: readonly string[]
}

/** Columns that may be large, each with the SQL that replaces it in a search that does not want it. */
const largeColumns = { metadata: "'{}'::jsonb", interrupts: "'{}'::json", error: 'NULL::jsonb' }
const smallColumns = 'thread_id, status, created_at, updated_at, state_updated_at'

/**
 * Returns the columns of a search. A large column that the client does not want is not read, and of the values only the wanted keys are sent.
 *
 * @param keys placeholder of the wanted keys of the values; undefined if no key is wanted
 */
function columns(select: readonly string[] | undefined, keys: string | undefined): string {
  if (!select) return `${smallColumns}, metadata, interrupts, error, "values"`
  const large = Object.entries(largeColumns).map(([column, absent]) =>
    select.includes(column) ? column : `${absent} AS ${column}`,
  )
  const someValues =
    keys === undefined
      ? 'NULL'
      : `CASE WHEN jsonb_typeof("values") = 'object' THEN (
          SELECT jsonb_object_agg(key, value) FROM jsonb_each("values") WHERE key = ANY(${keys}::text[])) END`
  return [smallColumns, ...large, select.includes('values') ? '"values"' : `${someValues} AS "values"`].join(', ')
}

const keysOfValues = (select: readonly string[] = []): string[] =>
  select.flatMap((field) => (field.startsWith('values.') ? [field.slice('values.'.length)] : []))

/** Returns one page of the threads that a filter finds. The page is chosen by ids, so that PostgreSQL reads the other columns only of its threads. */
export async function searchThreads(
  database: Queryable,
  filter: ThreadFilter,
  { limit, offset, sortBy, ascending, select }: ThreadPage,
): Promise<ThreadRow[]> {
  const { text, values } = threadCondition(filter)
  const direction = ascending ? 'ASC' : 'DESC'
  const order = [...orders[sortBy], 'thread_id'].map((column) => `${column} ${direction}`).join(', ')
  const keys = select?.includes('values') ? [] : keysOfValues(select)
  const next = values.length
  const { rows } = await database.query<ThreadRow>(
    `SELECT ${columns(select, keys.length > 0 ? `$${next + 3}` : undefined)} FROM hadal.thread WHERE thread_id = ANY(ARRAY(
       SELECT thread_id FROM hadal.thread WHERE ${text} ORDER BY ${order} LIMIT $${next + 1} OFFSET $${next + 2}))
     ORDER BY ${order}`,
    [...values, limit, offset, ...(keys.length > 0 ? [keys] : [])],
  )
  return rows
}

export async function countThreads(database: Queryable, filter: ThreadFilter): Promise<number> {
  const { text, values } = threadCondition(filter)
  const { rows } = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM hadal.thread WHERE ${text}`,
    values,
  )
  return rows[0]?.count ?? 0
}
