import { isObject } from '@hadal/middleware/unknown-value'
import { jsonbText } from '../json-text.ts'

export const storeOperators = ['$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$in', '$nin'] as const
type Operator = (typeof storeOperators)[number]

const isOperator = (key: string): key is Operator => storeOperators.some((operator) => operator === key)

const comparisons: Partial<Record<Operator, string>> = { $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' }

/**
 * Returns SQL that converts a JSON value to a number as JavaScript does; NULL for NaN, and for a text that is longer than any number: PostgreSQL's
 * numbers have a maximum length.
 */
const asNumber = (value: string): string => `(CASE jsonb_typeof(${value})
  WHEN 'number' THEN (${value})::numeric
  WHEN 'string' THEN CASE WHEN length(${value} #>> '{}') < 1000 AND ${value} #>> '{}' ~ '^\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?\\s*$'
    THEN (${value} #>> '{}')::numeric END
  WHEN 'boolean' THEN (${value})::boolean::integer::numeric
  WHEN 'null' THEN 0 END)`

/**
 * Converts a store filter to SQL conditions on the column `value`, with the semantics of LangGraph's own stores. Each key names a field of the
 * value. A plain value must equal the field; with an object of operators (`$eq $ne $gt $gte $lt $lte $in $nin`), all of them must match.
 *
 * @param parameters parameters of the statement; the filter's values are appended
 */
export function storeFilter(filter: Readonly<Record<string, unknown>>, parameters: unknown[]): string[] {
  const parameter = (value: unknown, type: string): string => `$${parameters.push(value)}::${type}`
  const condition = (field: string, operator: Operator, wanted: unknown): string => {
    const one = () => parameter(jsonbText(wanted), 'jsonb')
    const many = () => parameter(Array.isArray(wanted) ? wanted.map(jsonbText) : [], 'jsonb[]')
    const comparison = comparisons[operator]
    if (comparison) return `${asNumber(field)} ${comparison} ${asNumber(one())}`
    if (operator === '$in') return `${field} = ANY (${many()})`
    if (operator === '$nin') return `(${field} = ANY (${many()})) IS NOT TRUE`
    return operator === '$eq' ? `${field} = ${one()}` : `${field} IS DISTINCT FROM ${one()}`
  }
  return Object.entries(filter).flatMap(([name, wanted]) => {
    const asked = isObject(wanted) ? Object.entries(wanted) : undefined
    // No operator is no condition. A parameter that no condition uses would fail the statement.
    if (asked?.length === 0) return []
    const field = `(value -> ${parameter(name, 'text')})`
    if (asked?.every(([key]) => isOperator(key))) {
      return asked.map(([key, value]) => condition(field, isOperator(key) ? key : '$eq', value))
    }
    return [condition(field, '$eq', wanted)]
  })
}
