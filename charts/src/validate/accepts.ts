import type { JsonSchema } from '../schemas/json-schema.ts'

type Definitions = Readonly<Record<string, JsonSchema>>
type Check = (value: unknown, argument: unknown, schema: JsonSchema, definitions: Definitions) => boolean

/**
 * Whether a schema accepts a value. It knows the keywords that `schemas/strict.ts` keeps, and reads the schema without compiling it:
 * rendering validates each kind a few times only, and Ajv takes longer to compile a schema than to check a hundred objects. Ajv only explains
 * why a value is rejected.
 *
 * @param definitions definitions that `#/definitions/<name>` refers to
 * @throws Error for an unknown keyword
 */
export function accepts(definitions: Definitions, schema: JsonSchema, value: unknown): boolean {
  for (const keyword in schema) {
    const check = checks[keyword]
    if (!check) throw new Error(`The schemas use "${keyword}", which charts/src/validate/accepts.ts does not know.`)
    if (!check(value, schema[keyword], schema, definitions)) return false
  }
  return true
}

type JsonObject = Readonly<Record<string, unknown>>
const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function isType(value: unknown, type: unknown): boolean {
  switch (type) {
    case 'object':
      return isObject(value)
    case 'array':
      return Array.isArray(value)
    case 'integer':
      return Number.isInteger(value)
    case 'number':
      return Number.isFinite(value)
    case 'null':
      return value === null
    default:
      return typeof value === type
  }
}

const patterns = new Map<string, RegExp>()
function matches(value: string, pattern: string): boolean {
  const expression = patterns.get(pattern) ?? new RegExp(pattern)
  patterns.set(pattern, expression)
  return expression.test(value)
}

/** Creates a check for numbers. Values of other types pass. */
const bound =
  (measure: (value: unknown) => number | undefined, holds: (actual: number, limit: number) => boolean): Check =>
  (value, limit) => {
    const actual = measure(value)
    return actual === undefined || holds(actual, Number(limit))
  }
const atLeast = (actual: number, limit: number): boolean => actual >= limit
const atMost = (actual: number, limit: number): boolean => actual <= limit
const amount = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined)
const characters = (value: unknown): number | undefined => (typeof value === 'string' ? [...value].length : undefined)
const items = (value: unknown): number | undefined => (Array.isArray(value) ? value.length : undefined)
const fields = (value: unknown): number | undefined => (isObject(value) ? Object.keys(value).length : undefined)

const isSchema = (value: unknown): value is JsonSchema => isObject(value)
const schemasOf = (value: unknown): readonly JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : [])

const checks: Readonly<Record<string, Check>> = {
  $ref: (value, reference, _schema, definitions) => {
    const definition = definitions[String(reference).slice('#/definitions/'.length)]
    if (!definition)
      throw new Error(`The schemas of Kubernetes objects refer to ${reference}, but no schema defines it.`)
    return accepts(definitions, definition, value)
  },
  type: (value, type) => (Array.isArray(type) ? type.some((one) => isType(value, one)) : isType(value, type)),
  enum: (value, allowed) => Array.isArray(allowed) && allowed.includes(value),
  pattern: (value, pattern) => typeof value !== 'string' || matches(value, String(pattern)),
  required: (value, names) =>
    !isObject(value) || !Array.isArray(names) || names.every((name) => value[name] !== undefined),
  properties: (value, known, _schema, definitions) => {
    if (!isObject(value) || !isObject(known)) return true
    for (const name in value) {
      const schema = Object.hasOwn(known, name) ? known[name] : undefined
      if (value[name] !== undefined && isSchema(schema) && !accepts(definitions, schema, value[name])) return false
    }
    return true
  },
  additionalProperties: (value, others, { properties }, definitions) => {
    if (!isObject(value) || others === true) return true
    for (const name in value) {
      if (properties && Object.hasOwn(properties, name)) continue
      if (!isSchema(others) || !accepts(definitions, others, value[name])) return false
    }
    return true
  },
  items: (value, schema, _schema, definitions) =>
    !Array.isArray(value) || !isSchema(schema) || value.every((item) => accepts(definitions, schema, item)),
  minimum: bound(amount, atLeast),
  maximum: bound(amount, atMost),
  minLength: bound(characters, atLeast),
  maxLength: bound(characters, atMost),
  minItems: bound(items, atLeast),
  maxItems: bound(items, atMost),
  minProperties: bound(fields, atLeast),
  maxProperties: bound(fields, atMost),
  allOf: (value, schemas, _schema, definitions) => schemasOf(schemas).every((one) => accepts(definitions, one, value)),
  anyOf: (value, schemas, _schema, definitions) => schemasOf(schemas).some((one) => accepts(definitions, one, value)),
  oneOf: (value, schemas, _schema, definitions) =>
    schemasOf(schemas).filter((one) => accepts(definitions, one, value)).length === 1,
  not: (value, schema, _schema, definitions) => !isSchema(schema) || !accepts(definitions, schema, value),
}
