import { isObject } from '@hadal/middleware/unknown-value'
import { jsonbText } from '../json-text.ts'

const operators = ['$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$in', '$nin'] as const
type Operator = (typeof operators)[number]

const isOperator = (key: string): key is Operator => operators.some((operator) => operator === key)

const comparisons: Partial<Record<Operator, string>> = { $gt: '>', $gte: '>=', $lt: '<', $lte: '<=' }

/** The number that JavaScript would make of a JSON value; NULL where it would make none. */
const asNumber = (value: string): string => `(CASE jsonb_typeof(${value})
  WHEN 'number' THEN (${value})::numeric
  WHEN 'string' THEN CASE WHEN ${value} #>> '{}' ~ '^\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?\\s*$'
    THEN (${value} #>> '{}')::numeric END
  WHEN 'boolean' THEN (${value})::boolean::integer::numeric
  WHEN 'null' THEN 0 END)`

/**
 * A store's filter as SQL over the column `value`, in the meaning that LangGraph's own stores give it: each key names a field of the value;
 * a plain value must be equal, and an object of operators (`$eq $ne $gt $gte $lt $lte $in $nin`) must hold in each.
 *
 * @param parameters the statement's, to which this adds
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
    const field = `(value -> ${parameter(name, 'text')})`
    const asked = isObject(wanted) ? Object.entries(wanted) : undefined
    if (asked?.every(([key]) => isOperator(key))) {
      return asked.map(([key, value]) => condition(field, isOperator(key) ? key : '$eq', value))
    }
    return [condition(field, '$eq', wanted)]
  })
}
