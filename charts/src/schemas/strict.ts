import type { JsonSchema } from './json-schema.ts'

/** Keywords of JSON Schema that are kept unchanged. Descriptions, formats, defaults and merge strategies are not needed for validation. */
const keptKeywords = [
  '$ref',
  'type',
  'enum',
  'required',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minProperties',
  'maxProperties',
]

/** Schema of a quantity: `500m`, `2Gi`, `1e3` or a number. */
export const quantity: JsonSchema = {
  type: ['string', 'number'],
  pattern: '^[+-]?([0-9]+|[0-9]+\\.[0-9]*|\\.[0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$',
}

const intOrString: JsonSchema = { type: ['integer', 'string'] }

/**
 * Converts a schema of Kubernetes to one that rejects unknown fields, which an API server would drop silently. Only maps and objects with
 * `preserve-unknown-fields` accept any field.
 */
export function strict(source: JsonSchema): JsonSchema {
  if (source['x-kubernetes-int-or-string'] === true || source.format === 'int-or-string') {
    // A quantity inside a custom resource is an int-or-string with a pattern.
    return { ...intOrString, ...(typeof source.pattern === 'string' ? { pattern: source.pattern } : {}) }
  }
  const result = kept(source)
  if (source.nullable === true && typeof source.type === 'string') result.type = [source.type, 'null']
  if (source.items) result.items = strict(source.items)
  for (const keyword of ['anyOf', 'oneOf', 'allOf'] as const) {
    const branches = source[keyword]
    // Branches of a custom resource only narrow what the outer schema names, so they must not refuse unknown fields.
    if (branches) result[keyword] = branches.map(narrowing)
  }
  if (source.not) result.not = narrowing(source.not)
  if (source.properties) result.properties = mapValues(source.properties, strict)
  if (typeof source.additionalProperties === 'object') {
    result.additionalProperties = strict(source.additionalProperties)
  } else if (source.properties && source['x-kubernetes-preserve-unknown-fields'] !== true) {
    result.additionalProperties = false
  }
  return result
}

function kept(source: JsonSchema): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const keyword of keptKeywords) if (source[keyword] !== undefined) result[keyword] = source[keyword]
  // Go writes the case-insensitive flag before the expression, JavaScript around a group.
  if (typeof source.pattern === 'string') result.pattern = source.pattern.replace(/\(\?i\)(.*?)(\$?)$/, '(?i:$1)$2')
  return result
}

function narrowing(source: JsonSchema): JsonSchema {
  const result = kept(source)
  if (source.items) result.items = narrowing(source.items)
  if (source.properties) result.properties = mapValues(source.properties, narrowing)
  for (const keyword of ['anyOf', 'oneOf', 'allOf'] as const) {
    const branches = source[keyword]
    if (branches) result[keyword] = branches.map(narrowing)
  }
  if (source.not) result.not = narrowing(source.not)
  return result
}

/** A record with changed values and sorted keys, so that the output does not depend on the order in the source. */
export function mapValues<From, To>(
  record: Readonly<Record<string, From>>,
  change: (value: From, key: string) => To,
): Record<string, To> {
  const keys = Object.keys(record).sort()
  return Object.fromEntries(keys.map((key) => [key, change(record[key] as From, key)]))
}
