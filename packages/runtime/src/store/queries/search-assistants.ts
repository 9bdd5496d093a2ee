import type { Queryable } from '../transaction.ts'
import { type AssistantRow, assistantColumns, currentAssistants } from './assistant-rows.ts'

/** Filter of a search for assistants; an undefined field finds all. */
export interface AssistantFilter {
  readonly tenant: string
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

const found = `${currentAssistants} WHERE tenant = $1 AND deleting_since IS NULL AND ($2::text IS NULL OR graph_id = $2)
  AND ($3::text IS NULL OR strpos(lower_name, $3) > 0) AND ($4::jsonb IS NULL OR metadata @> $4)`

const valuesOf = ({ tenant, graphId, name, metadata }: AssistantFilter): unknown[] => [
  tenant,
  graphId,
  name?.toLowerCase(),
  metadata,
]

export async function searchAssistants(
  database: Queryable,
  filter: AssistantFilter,
  { limit, offset, sortBy, ascending }: AssistantPage,
): Promise<AssistantRow[]> {
  const direction = ascending ? 'ASC' : 'DESC'
  const { rows } = await database.query<AssistantRow>(
    `SELECT ${assistantColumns} FROM ${found} ORDER BY ${orders[sortBy]} ${direction}, assistant_id ${direction} LIMIT $5 OFFSET $6`,
    [...valuesOf(filter), limit, offset],
  )
  return rows
}

export async function countAssistants(database: Queryable, filter: AssistantFilter): Promise<number> {
  const { rows } = await database.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM ${found}`,
    valuesOf(filter),
  )
  return rows[0]?.count ?? 0
}
