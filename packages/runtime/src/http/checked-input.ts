import { isObject } from '@hadal/middleware/unknown-value'
import type { Context } from 'hono'
import { routePath } from 'hono/route'
import { z } from 'zod'
import { Refusal } from '../runs/refusal.ts'
import { maxStateDepth } from '../store/serde/state-bounds.ts'
import type { HttpContext } from './http-context.ts'
import { nameIgnored } from './ignored-fields.ts'
import { parseLeniently } from './lenient-input.ts'

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join('.')

function sentence(issue: z.core.$ZodIssue, within: readonly PropertyKey[] = []): string {
  const path = pathOf([...within, ...issue.path])
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => (path ? `${path}.${key}` : key)).join(', ')
    return `${keys}: ${issue.message}`
  }
  if (issue.code === 'invalid_union') {
    const isOfType = (issues: readonly z.core.$ZodIssue[]): boolean =>
      !issues.some((one) => one.code === 'invalid_type' && one.path.length === 0)
    const branch = issue.errors.filter(isOfType).toSorted((a, b) => a.length - b.length)[0]
    if (branch) return branch.map((one) => sentence(one, [...within, ...issue.path])).join(' ')
    return `${path || 'the body'}: ${issue.errors.flatMap(([one]) => one?.message ?? []).join(', or ')}.`
  }
  return `${path || 'the body'}: ${issue.message}.`
}

const refusal = (issues: readonly z.core.$ZodIssue[]): Refusal =>
  new Refusal(422, issues.map((issue) => sentence(issue)).join(' '))

/** Validates a value by a schema. @throws {Refusal} 422 that names every invalid field */
export function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw refusal(result.error.issues)
}

/**
 * Whether a request refuses all unknown fields: a deletion, where ignoring one would widen the effect, and the server's own routes under `/hadal`.
 * In other requests the objects made by exactObject refuse them.
 */
const refusesUnknown = (c: Context): boolean => c.req.method === 'DELETE' || routePath(c).split('/').includes('hadal')

/**
 * Validates the body or the query of a request by a schema. Fields that the schema does not have are ignored and named in the response.
 *
 * @throws {Refusal} 422 that names every invalid field
 */
function checkedLeniently<Schema extends z.ZodType>(c: Context, schema: Schema, value: unknown): z.output<Schema> {
  const result = parseLeniently(schema, value, refusesUnknown(c))
  nameIgnored(c, result.ignored)
  if (result.success) return result.data
  throw refusal(result.issues)
}

/**
 * Maximum nesting depth of a field in a request's body. It is twice the maximum for a value of a thread's state, because such a value is itself
 * nested in other fields. At a few thousand levels, `JSON.stringify` and PostgreSQL's jsonb overflow their stacks.
 */
export const maxBodyDepth = 2 * maxStateDepth

/** Whether a value nests more than the maximum number of levels. The check does not recurse: a body may nest as deep as it is long. */
function nestsTooDeep(value: unknown): boolean {
  let level: object[] = isObject(value) ? [value] : []
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > maxBodyDepth) return true
    level = level.flatMap((holder) => Object.values(holder).filter(isObject))
  }
  return false
}

/** Whether a predicate is true for any text or key in a value. The check recurses, so the value must have a bounded depth. */
function anyText(value: unknown, matches: (text: string) => boolean): boolean {
  if (typeof value === 'string') return matches(value)
  if (!isObject(value)) return false
  return Object.entries(value).some(([key, one]) => matches(key) || anyText(one, matches))
}

/**
 * Rejects a request's body with a field that is nested too deep.
 *
 * @throws {Refusal} 422 that names the first such field
 */
function checkDepth(body: unknown): void {
  const fields: [string, unknown][] =
    isObject(body) && !Array.isArray(body) ? Object.entries(body) : [['the body', body]]
  const tooDeep = fields.find(([, value]) => nestsTooDeep(value))
  if (!tooDeep) return
  throw new Refusal(422, `${tooDeep[0]}: nests more than ${maxBodyDepth} levels. Flatten it, or send it as JSON text.`)
}

/**
 * Reads the body of an HTTP request.
 *
 * @throws {Refusal} 413 as soon as the received body exceeds the maximum size, even if its Content-Length header gives less
 */
async function bodyText(c: Context, mostBytes: number): Promise<string> {
  const tooLarge = (): Refusal =>
    new Refusal(413, `The body exceeds the maximum of ${mostBytes} bytes. Send less data per request.`)
  if (Number(c.req.header('content-length') ?? 0) > mostBytes) throw tooLarge()
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of c.req.raw.body ?? []) {
    bytes += chunk.byteLength
    if (bytes > mostBytes) throw tooLarge()
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** @throws {Refusal} 422 if the field `metadata` of a body is too large */
function checkMetadata(body: unknown, mostBytes: number): void {
  if (!isObject(body) || !('metadata' in body)) return
  const bytes = Buffer.byteLength(JSON.stringify(body.metadata) ?? '')
  if (bytes <= mostBytes) return
  throw new Refusal(
    422,
    `metadata: has ${bytes} bytes as JSON. The maximum is ${mostBytes} (limits.metadataBytes). Keep large data in the thread's state or in the store.`,
  )
}

/**
 * Reads a request's JSON body and validates it by a schema; an empty body counts as `{}`.
 *
 * @param renamed gives the fields of the body the names of the schema, if a client sends others
 * @throws {Refusal} 413 for a body that is too large, 400 for invalid JSON, 422 for invalid fields
 */
export async function checkedBody<Schema extends z.ZodType>(
  { bodyLimitBytes, metadataLimitBytes }: Pick<HttpContext, 'bodyLimitBytes' | 'metadataLimitBytes'>,
  c: Context,
  schema: Schema,
  renamed: (body: unknown) => unknown = (body) => body,
): Promise<z.output<Schema>> {
  const text = await bodyText(c, bodyLimitBytes)
  let body: unknown
  try {
    body = text.trim() === '' ? {} : JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Refusal(400, `The body is not valid JSON: ${why}. Send a JSON object.`)
  }
  checkDepth(body)
  // A short body can't have large metadata: a UTF-16 code unit has at most 3 bytes in UTF-8.
  if (text.length * 3 > metadataLimitBytes) for (const one of [body].flat()) checkMetadata(one, metadataLimitBytes)
  return checkedLeniently(c, schema, renamed(body))
}

/**
 * Validates a request's query parameters by a schema. Each value is a text, or a list of texts if the parameter is repeated. A parameter without a
 * text counts as absent: Python's client sends `stream_mode=` for None.
 */
export function checkedQuery<Schema extends z.ZodType>(c: Context, schema: Schema): z.output<Schema> {
  c.set('queryIsChecked', true)
  const all = Object.entries(c.req.queries()).flatMap(([name, values]) => {
    const given = values.filter((value) => value !== '')
    return given.length === 0 ? [] : [[name, given.length > 1 ? given : given[0]]]
  })
  return checkedLeniently(c, schema, Object.fromEntries(all))
}

/** Schema of the query of a route without parameters. */
export const NoQuery = z.strictObject({})
/** Schema of an id. It has lower case afterwards, as PostgreSQL writes ids: parts of the server compare them as texts. */
export const Uuid = z.uuid('must be a UUID').toLowerCase()

/**
 * Validates a path parameter that must be a UUID, and returns it.
 *
 * @throws {Refusal} 422 for any other text
 */
export const uuidParameter = (c: Context, name: string): string =>
  checked(z.object({ [name]: Uuid }), { [name]: c.req.param(name) })[name] ?? ''

/** Schema of a boolean query parameter, as the SDK writes it. */
export const Flag = z.enum(['0', '1', 'true', 'false']).transform((text) => text === '1' || text === 'true')
export const WholeNumberText = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number)
const holdsUnstorable = (text: string): boolean => text.includes('\0') || !text.isWellFormed()
const unstorable = 'must not hold U+0000 or half of a surrogate pair'

/** Schema of the name of a node, a channel or a namespace. Ids of checkpoints need no such check: an unknown id is answered with 404. */
export const Name = z.string().refine((text) => !holdsUnstorable(text), unstorable)
export const Metadata = z.record(z.string(), z.unknown())
/** Schema of the metadata by which a client filters the history of a thread. It rejects texts that PostgreSQL can't store in jsonb. */
export const MetadataFilter = Metadata.refine((metadata) => !anyText(metadata, holdsUnstorable), unstorable)
export const Limit = z.int().min(1).max(1_000)
export const Offset = z.int().min(0)
/** Schema of a list of texts in a query: the parameter is repeated, or has the list as one JSON text, as old JavaScript clients send it. */
export const textList = z
  .union([z.string(), z.array(z.string())])
  .transform((given) => (typeof given === 'string' ? [given] : given).flatMap(textsIn))

function textsIn(text: string): string[] {
  if (!text.startsWith('[')) return [text]
  try {
    return z.array(z.string()).parse(JSON.parse(text))
  } catch {
    return [text]
  }
}
