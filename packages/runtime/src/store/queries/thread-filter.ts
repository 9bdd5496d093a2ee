import { jsonbText } from '../json-text.ts'
import { type Scope, visible } from '../scope.ts'
import type { ThreadStatus } from './thread-rows.ts'

export interface ThreadFilter {
  readonly ids?: readonly string[]
  /** Filter of a search for threads: a JSON object that the metadata of a found thread contains. */
  readonly metadata?: string
  /** Filter of a search for threads: an object that the values of a found thread contain. */
  readonly values?: Readonly<Record<string, unknown>>
  readonly status?: ThreadStatus
}

/**
 * Returns the SQL condition for threads that a filter finds in a scope, with the values of its parameters. The status is part of the text: the planner
 * must know it, because almost every thread is idle.
 */
export function threadCondition(
  scope: Scope,
  { ids, metadata, values, status }: ThreadFilter,
): { text: string; values: unknown[] } {
  const parameters: unknown[] = []
  const conditions = ['NOT temporary', visible(scope, parameters)]
  const parameter = (value: unknown): string => `$${parameters.push(value)}`
  if (ids) conditions.push(`thread_id = ANY(${parameter(ids)}::uuid[])`)
  if (metadata !== undefined) conditions.push(`metadata @> ${parameter(metadata)}::jsonb`)
  if (status) conditions.push(`status = '${status}'`)
  for (const [channel, value] of Object.entries(values ?? {})) {
    const small = parameter(jsonbText({ small: { [channel]: value } }))
    const large = parameter(jsonbText({ large: [channel] }))
    const whole = parameter(jsonbText({ [channel]: value }))
    conditions.push(
      `(searched_values @> ${small}::jsonb OR (searched_values @> ${large}::jsonb AND "values" @> ${whole}::jsonb))`,
    )
  }
  if (values && Object.keys(values).length === 0) conditions.push(`jsonb_typeof("values") = 'object'`)
  return { text: conditions.join(' AND '), values: parameters }
}
