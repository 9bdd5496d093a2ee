import { type Scope, visibleAssistants } from '../scope.ts'
import type { Queryable } from '../transaction.ts'
import { type AssistantRow, assistantColumns, currentAssistants } from './assistant-rows.ts'

/** Filter of a search for assistants; an undefined field finds all. */
export interface AssistantFilter {
  readonly scope: Scope
  readonly graphId?: string | undefined
  /** Part of the name, without regard to case. */
  readonly name?: string | undefined
  /** JSON text that the metadata of a found assistant contains. */
  readonly metadata?: string | undefined
}

export const assistantSortColumns = ['assistant_id', 'graph_id', 'name', 'created_at', 'updated_at'] as const
export type AssistantSortColumn = (typeof assistantSortColumns)[number]

/** SQL of each order. Texts are compared by their bytes, so that every database has the same order. */
const orders: Readonly<Record<AssistantSortColumn, string>> = {
  assistant_id: 'assistant_id',
  graph_id: 'graph_id COLLATE "C"',
  name: 'name COLLATE "C"',
  created_at: 'assistant.created_at',
  updated_at: 'updated_at',
}

export interface AssistantPage {
  readonly limit: number
  readonly offset: number
  readonly sortBy: AssistantSortColumn
  readonly ascending: boolean
}

function found({ scope, graphId, name, metadata }: AssistantFilter): { text: string; values: unknown[] } {
  const values: unknown[] = [graphId, name?.toLowerCase(), metadata]
  const text = `${currentAssistants} WHERE deleting_since IS NULL AND ($1::text IS NULL OR graph_id = $1)
    AND ($2::text IS NULL OR strpos(lower_name, $2) > 0) AND ($3::jsonb IS NULL OR metadata @> $3)
    AND ${visibleAssistants(scope, values)}`
  return { text, values }
}

export async function searchAssistants(
  database: Queryable,
  filter: AssistantFilter,
  { limit, offset, sortBy, ascending }: AssistantPage,
): Promise<AssistantRow[]> {
  const direction = ascending ? 'ASC' : 'DESC'
  const { text, values } = found(filter)
  const order = `${orders[sortBy]} ${direction}, assistant_id ${direction}`
  const { rows } = await database.query<AssistantRow>(
    `SELECT ${assistantColumns} FROM ${text} ORDER BY ${order} LIMIT $${values.push(limit)} OFFSET $${values.push(offset)}`,
    values,
  )
  return rows
}

export async function countAssistants(database: Queryable, filter: AssistantFilter): Promise<number> {
  const { text, values } = found(filter)
  const { rows } = await database.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${text}`, values)
  return rows[0]?.count ?? 0
}
