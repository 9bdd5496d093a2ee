import { randomUUID } from 'node:crypto'

/** A request's body that is made from an OpenAPI document: the required fields of an operation, and at most one other. */
export interface DocumentedBody {
  readonly operation: string
  /** The field beside the required ones. */
  readonly field: string | undefined
  readonly body: unknown
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

/** Values of fields whose meaning a schema can't express. */
const known: Readonly<Record<string, unknown>> = {
  assistant_id: 'echo',
  graph_id: 'echo',
  input: { messages: [] },
  values: { messages: [] },
  as_node: 'echo',
  config: { tags: ['a'] },
  context: {},
  metadata: { key: 'value' },
  stream_mode: ['values', 'updates'],
  interrupt_before: ['echo'],
  interrupt_after: ['echo'],
  multitask_strategy: 'enqueue',
  status: 'idle',
  run_ids: [],
}

/** A value that a schema allows. */
function exampleOf(schema: unknown, resolve: (reference: string) => unknown): unknown {
  if (!isRecord(schema)) return {}
  const {
    $ref,
    const: constant,
    enum: choices,
    anyOf,
    oneOf,
    allOf,
    type,
    properties,
    items,
    minimum,
    format,
    minItems,
  } = schema
  const value = (one: unknown): unknown => exampleOf(one, resolve)
  if (typeof $ref === 'string') return value(resolve($ref))
  if (constant !== undefined) return constant
  if (Array.isArray(choices)) return choices[0]
  const branch = [...list(anyOf), ...list(oneOf), ...list(allOf)].find((one) => isRecord(one) && one.type !== 'null')
  if (branch !== undefined) return value(branch)
  const [first] = Array.isArray(type) ? type : [type]
  if (first === 'string') return format === 'uuid' ? randomUUID() : 'a'
  if (first === 'integer' || first === 'number') return Math.max(typeof minimum === 'number' ? minimum : 1, 1)
  if (first === 'boolean') return true
  if (first === 'null') return null
  if (first === 'array') return typeof minItems === 'number' || items !== undefined ? [value(items)] : []
  const required = list(schema.required)
  const fields = Object.entries(isRecord(properties) ? properties : {}).filter(([name]) => required.includes(name))
  return Object.fromEntries(fields.map(([name, one]) => [name, name in known ? known[name] : value(one)]))
}

/** Makes bodies of every operation of an OpenAPI document that has one: with the required fields, and with each other field in addition. */
export function documentedBodies(document: Readonly<Record<string, unknown>>): DocumentedBody[] {
  const resolve = (reference: string): unknown =>
    reference
      .slice(2)
      .split('/')
      .reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), document)
  const made: DocumentedBody[] = []
  for (const [path, methods] of Object.entries(isRecord(document.paths) ? document.paths : {})) {
    for (const [method, described] of Object.entries(isRecord(methods) ? methods : {})) {
      const schema = bodySchema(described)
      if (schema === undefined) continue
      const operation = `${method.toUpperCase()} ${path}`
      const least = exampleOf(schema, resolve)
      made.push({ operation, field: undefined, body: least })
      if (!isRecord(least) || !isRecord(schema) || !isRecord(schema.properties)) continue
      for (const [field, one] of Object.entries(schema.properties)) {
        if (field in least) continue
        made.push({
          operation,
          field,
          body: { ...least, [field]: field in known ? known[field] : exampleOf(one, resolve) },
        })
      }
    }
  }
  return made
}

function bodySchema(operation: unknown): unknown {
  const keys = ['requestBody', 'content', 'application/json', 'schema']
  return keys.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), operation)
}
