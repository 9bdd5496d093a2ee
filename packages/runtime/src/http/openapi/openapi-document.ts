import { z } from 'zod'
import { Problem } from './answers.ts'
import type { Operation, OperationAnswer, Operations } from './operation.ts'

type Json = Readonly<Record<string, unknown>>

/** An OpenAPI 3.1 document. */
export interface OpenApiDocument {
  readonly openapi: '3.1.0'
  readonly info: Json
  readonly tags: readonly Json[]
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>
  readonly components: { readonly schemas: Json }
}

const tags: Readonly<Record<Operation['tag'], string>> = {
  Assistants: 'A graph with a configuration. Each graph of langgraph.json is an assistant from the start.',
  Threads: 'The state that runs of a graph share, with its history.',
  'Runs on threads': 'Executions of a graph on a thread.',
  'Stateless runs': 'Executions of a graph on a thread of their own, which is deleted after the run.',
  Store: 'Items that agents and clients keep beyond threads.',
  System: 'The server itself.',
}

/** Paths whose last segments are ids: their parameters must be UUIDs. */
const uuidParameters = new Set(['thread_id', 'run_id'])

/** Descriptions of errors by status: of operations with a body, of those with a body or parameters (`input`), and of all. */
const commonErrors = {
  body: { 400: 'The body is not valid JSON.', 413: 'The body is too large.' },
  input: { 422: 'A parameter or a field is invalid. The detail names each.' },
  any: {
    429: 'Too many requests, waiting runs or open streams of this caller or tenant. Retry-After says when to retry.',
    503: 'The database is unavailable or busy.',
  },
} as const

/** Collects the schemas with an id, to which others refer. */
class Schemas {
  readonly named: Record<string, unknown> = {}

  /** The JSON Schema of a zod schema. @param io whether it describes what is sent or what is answered */
  of(schema: z.ZodType, io: 'input' | 'output'): Json {
    const {
      $schema: _,
      $defs = {},
      ...json
    } = z.toJSONSchema(schema, {
      io,
      unrepresentable: 'any',
      override: ({ jsonSchema }) => {
        // Unknown fields are ignored, or refused where the description says so.
        if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties
      },
    })
    for (const [id, named] of Object.entries($defs)) this.named[id] = inComponents(named)
    const { id } = z.globalRegistry.get(schema) ?? {}
    if (id === undefined) return inComponents(json)
    // `$defs` may already have the schema itself.
    if (!(id in $defs)) this.named[id] = inComponents(json)
    return { $ref: `#/components/schemas/${id}` }
  }
}

function inComponents(json: object): Json {
  const { id: _, ...moved }: Record<string, unknown> = JSON.parse(
    JSON.stringify(json).replaceAll('"#/$defs/', '"#/components/schemas/'),
  )
  return moved
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** The query parameters of an object's schema. */
function queryParameters(schema: Json): Json[] {
  const { properties, required } = schema
  const names = Array.isArray(required) ? required : []
  return Object.entries(isRecord(properties) ? properties : {}).map(([name, one]) => ({
    name,
    in: 'query',
    required: names.includes(name),
    schema: one,
  }))
}

const headersOf = (headers: Readonly<Record<string, string>>): Json =>
  Object.fromEntries(
    Object.entries(headers).map(([name, description]) => [name, { description, schema: { type: 'string' } }]),
  )

function answerOf(schemas: Schemas, { description, schema, type, headers }: OperationAnswer): Json {
  const content = schema
    ? { 'application/json': { schema: schemas.of(schema, 'output') } }
    : type && { [type]: { schema: { type: 'string' } } }
  return { description, ...(headers ? { headers: headersOf(headers) } : {}), ...(content ? { content } : {}) }
}

function errorsOf({ tag, body, query, errors = {} }: Operation, path: string): Readonly<Record<string, string>> {
  return {
    ...(body ? commonErrors.body : {}),
    ...(body || query || path.includes('{') ? commonErrors.input : {}),
    ...(tag === 'System' ? {} : commonErrors.any),
    ...errors,
  }
}

function operationOf(schemas: Schemas, path: string, operation: Operation): Json {
  const { tag, summary, description, query, body, headers = {}, answers } = operation
  const problem = (why: string): Json => answerOf(schemas, { description: why, schema: Problem })
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
      name,
      in: 'path',
      required: true,
      schema: { type: 'string', ...(uuidParameters.has(name) ? { format: 'uuid' } : {}) },
    })),
    ...(query ? queryParameters(schemas.of(query, 'input')) : []),
    ...Object.entries(headers).map(([name, why]) => ({
      name,
      in: 'header',
      required: false,
      description: why,
      schema: { type: 'string' },
    })),
  ]
  const given = Object.entries(answers).map(([status, answer]) => [status, answerOf(schemas, answer)])
  const failed = Object.entries(errorsOf(operation, path)).map(([status, why]) => [status, problem(why)])
  return {
    tags: [tag],
    summary,
    ...(description ? { description } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body ? { requestBody: { content: { 'application/json': { schema: schemas.of(body, 'input') } } } } : {}),
    responses: { ...Object.fromEntries(failed), ...Object.fromEntries(given) },
  }
}

/** Creates the OpenAPI document of operations, from the schemas that validate their requests. */
export function openApiDocument(operations: Operations, version: string): OpenApiDocument {
  const schemas = new Schemas()
  const paths: Record<string, Record<string, Json>> = {}
  for (const [name, operation] of Object.entries(operations)) {
    const [method = '', path = ''] = name.split(' ')
    paths[path] = { ...paths[path], [method.toLowerCase()]: operationOf(schemas, path, operation) }
  }
  const used = new Set(Object.values(operations).map(({ tag }) => tag))
  return {
    openapi: '3.1.0',
    info: {
      title: 'Hadal',
      version,
      description: 'The LangGraph API, as this server serves it. Both official clients call it.',
    },
    tags: Object.entries(tags).flatMap(([name, description]) =>
      [...used].some((tag) => tag === name) ? [{ name, description }] : [],
    ),
    paths,
    components: {
      schemas: Object.fromEntries(Object.entries(schemas.named).toSorted(([a], [b]) => a.localeCompare(b))),
    },
  }
}
