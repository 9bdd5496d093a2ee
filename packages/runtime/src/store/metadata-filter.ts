import { isRecord } from '@hadal/middleware/unknown-value'

type Scalar = string | number | boolean | null

/** Filter on JSON objects, such as the metadata of threads: a condition on one key, or several filters of which all or one must match. */
export type MetadataFilter =
  | { readonly key: string; readonly equals: Scalar }
  | { readonly key: string; readonly contains: readonly Scalar[] }
  | { readonly all: readonly MetadataFilter[] }
  | { readonly any: readonly MetadataFilter[] }

/** Whether PostgreSQL's jsonb can hold a text. */
const isStorable = (text: string): boolean => text.isWellFormed() && !text.includes('\0')
const isScalar = (value: unknown): value is Scalar =>
  value === null ||
  typeof value === 'boolean' ||
  Number.isFinite(value) ||
  (typeof value === 'string' && isStorable(value))

/** Maximum nesting depth of `$and` and `$or`. */
const deepest = 8

/**
 * Parses a filter in the form of LangGraph's `Auth`: `{ owner: "a" }`, `{ owner: { $eq: "a" } }`, `{ tags: { $contains: "a" } }`, `$and` and `$or`. All
 * conditions of an object must match.
 *
 * @throws TypeError for any other value. A filter that is only partly understood would show too much
 */
export function parseMetadataFilter(value: unknown, depth = 0): MetadataFilter {
  if (!isRecord(value)) throw new TypeError('a filter is not an object')
  if (depth > deepest) throw new TypeError(`a filter nests more than ${deepest} levels of $and and $or`)
  const all = Object.entries(value).flatMap(([key, wanted]): MetadataFilter[] => {
    if (key === '$and' || key === '$or') {
      if (!Array.isArray(wanted)) throw new TypeError(`${key} of a filter is not a list`)
      const parts = wanted.map((part) => parseMetadataFilter(part, depth + 1))
      return [key === '$and' ? { all: parts } : { any: parts }]
    }
    if (key.startsWith('$') || !isStorable(key)) {
      throw new TypeError(`a filter has the unknown operator ${JSON.stringify(key)}`)
    }
    return conditionsOf(key, wanted)
  })
  return { all }
}

function conditionsOf(key: string, wanted: unknown): MetadataFilter[] {
  const name = JSON.stringify(key)
  if (isScalar(wanted)) return [{ key, equals: wanted }]
  if (!isRecord(wanted) || Object.keys(wanted).length === 0) {
    throw new TypeError(
      `the filter on ${name} is ${typeof wanted}, not a text, number or an object with $eq or $contains`,
    )
  }
  return Object.entries(wanted).map(([operator, operand]) => {
    if (operator === '$eq' && isScalar(operand)) return { key, equals: operand }
    if (operator === '$contains') {
      const contains: readonly unknown[] = Array.isArray(operand) ? operand : [operand]
      if (contains.every(isScalar)) return { key, contains }
    }
    throw new TypeError(
      `the filter on ${name} has an invalid ${JSON.stringify(operator)}. Use $eq or $contains with a text`,
    )
  })
}

/**
 * Returns the SQL condition of a filter.
 *
 * @param column SQL of the JSON object, of the type jsonb
 * @param values parameters of the statement; those of the condition are appended
 */
export function metadataCondition(filter: MetadataFilter, column: string, values: unknown[]): string {
  if ('all' in filter) return joined(filter.all, ' AND ', 'true', column, values)
  if ('any' in filter) return joined(filter.any, ' OR ', 'false', column, values)
  const wanted = 'equals' in filter ? filter.equals : filter.contains
  return `${column} @> $${values.push(JSON.stringify({ [filter.key]: wanted }))}::jsonb`
}

function joined(
  parts: readonly MetadataFilter[],
  operator: string,
  empty: string,
  column: string,
  values: unknown[],
): string {
  const texts = parts.map((part) => metadataCondition(part, column, values))
  return texts.length > 1 ? `(${texts.join(operator)})` : (texts[0] ?? empty)
}

/** Whether a filter has conditions on these keys alone. */
export function isAbout(filter: MetadataFilter, keys: readonly string[]): boolean {
  if ('all' in filter) return filter.all.every((part) => isAbout(part, keys))
  if ('any' in filter) return filter.any.every((part) => isAbout(part, keys))
  return keys.includes(filter.key)
}

/** Whether an object matches a filter. */
export function matchesFilter(filter: MetadataFilter, object: Readonly<Record<string, unknown>>): boolean {
  if ('all' in filter) return filter.all.every((part) => matchesFilter(part, object))
  if ('any' in filter) return filter.any.some((part) => matchesFilter(part, object))
  const value = Object.hasOwn(object, filter.key) ? object[filter.key] : undefined
  if ('equals' in filter) return value === filter.equals
  return Array.isArray(value) && filter.contains.every((wanted) => value.includes(wanted))
}
