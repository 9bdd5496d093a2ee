import type { Queryable } from '../transaction.ts'
import type { ThreadRow, ThreadStatus } from './thread-rows.ts'

export interface ThreadFilter {
  readonly ids?: readonly string[]
  /** Filter of a search for threads: a JSON object that the metadata of a found thread contains. */
  readonly metadata?: string
  /** Filter of a search for threads: a JSON object that the values of a found thread contain. */
  readonly values?: string
  readonly status?: ThreadStatus
}

export const threadSortColumns = ['thread_id', 'status', 'created_at', 'updated_at', 'state_updated_at'] as const
export type ThreadSortColumn = (typeof threadSortColumns)[number]

function where(filter: ThreadFilter): { text: string; values: unknown[] } {
  const conditions = ['NOT temporary']
  const values: unknown[] = []
  const add = (condition: (parameter: string) => string, value: unknown): void => {
    if (value === undefined) return
    values.push(value)
    conditions.push(condition(`$${values.length}`))
  }
  add((parameter) => `thread_id = ANY(${parameter}::uuid[])`, filter.ids)
  add((parameter) => `metadata @> ${parameter}::jsonb`, filter.metadata)
  add((parameter) => `"values" @> ${parameter}::jsonb`, filter.values)
  add((parameter) => `status = ${parameter}`, filter.status)
  return { text: conditions.join(' AND '), values }
}

export async function searchThreads(
  database: Queryable,
  filter: ThreadFilter,
  page: { limit: number; offset: number; sortBy: ThreadSortColumn; ascending: boolean },
): Promise<ThreadRow[]> {
  const { text, values } = where(filter)
  const direction = page.ascending ? 'ASC' : 'DESC'
  const { rows } = await database.query<ThreadRow>(
    `SELECT thread_id, status, metadata, "values", interrupts, error, created_at, updated_at, state_updated_at
     FROM hadal.thread WHERE ${text} ORDER BY ${page.sortBy} ${direction}, thread_id
     LIMIT $${values.length + 1} OFFSET $${values.length + 2}`,
    [...values, page.limit, page.offset],
  )
  return rows
}

export async function countThreads(database: Queryable, filter: ThreadFilter): Promise<number> {
  const { text, values } = where(filter)
  const { rows } = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM hadal.thread WHERE ${text}`,
    values,
  )
  return rows[0]?.count ?? 0
}
