import { isObject } from '@hadal/middleware/unknown-value'
import type { Context } from 'hono'
import { z } from 'zod'
import { Refusal } from '../runs/refusal.ts'
import { maxStateDepth } from '../store/serde/state-bounds.ts'
import type { HttpContext } from './http-context.ts'

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join('.')

function sentence(issue: z.core.$ZodIssue): string {
  const path = pathOf(issue.path)
  if (issue.code === 'unrecognized_keys') {
    const keys = issue.keys.map((key) => (path ? `${path}.${key}` : key)).join(', ')
    return `${keys}: no such field here. Leave it out.`
  }
  return `${path || 'the body'}: ${issue.message}.`
}

/** @throws {Refusal} 422 that names every wrong field */
export function checked<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  throw new Refusal(422, result.error.issues.map(sentence).join(' '))
}

/**
 * Maximum number of levels that a field of a request's body may nest: twice the bound on a value of a thread's state, which lies inside other
 * fields. Beyond some thousand levels `JSON.stringify` and PostgreSQL's jsonb run out of stack.
 */
export const maxBodyDepth = 2 * maxStateDepth

/** Whether a value nests more than the maximum number of levels. It does not recurse: a body may nest as deep as it is long. */
function nestsTooDeep(value: unknown): boolean {
  let level: object[] = isObject(value) ? [value] : []
  for (let depth = 1; level.length > 0; depth += 1) {
    if (depth > maxBodyDepth) return true
    level = level.flatMap((holder) => Object.values(holder).filter(isObject))
  }
  return false
}

/** Whether any text in a value matches, keys included. It recurses: for values of bounded depth. */
function anyText(value: unknown, matches: (text: string) => boolean): boolean {
  if (typeof value === 'string') return matches(value)
  if (!isObject(value)) return false
  return Object.entries(value).some(([key, one]) => matches(key) || anyText(one, matches))
}

/** @throws {Refusal} 422 that names the first field that nests too deep */
function checkDepth(body: unknown): void {
  const fields: [string, unknown][] =
    isObject(body) && !Array.isArray(body) ? Object.entries(body) : [['the body', body]]
  const tooDeep = fields.find(([, value]) => nestsTooDeep(value))
  if (!tooDeep) return
  throw new Refusal(422, `${tooDeep[0]}: nests more than ${maxBodyDepth} levels. Flatten it, or send it as JSON text.`)
}

/** @throws {Refusal} 413 as soon as more came than allowed, whatever the client said of its length */
async function bodyText(c: Context, mostBytes: number): Promise<string> {
  const tooLarge = (): Refusal =>
    new Refusal(413, `The body is larger than the ${mostBytes} bytes that this server takes.`)
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

/**
 * A request's JSON body by its schema; no body counts as `{}`.
 *
 * @throws {Refusal} 413 for too much, 400 for what is no JSON, 422 for what doesn't fit
 */
export async function checkedBody<Schema extends z.ZodType>(
  { bodyLimitBytes }: Pick<HttpContext, 'bodyLimitBytes'>,
  c: Context,
  schema: Schema,
): Promise<z.output<Schema>> {
  const text = await bodyText(c, bodyLimitBytes)
  let body: unknown
  try {
    body = text.trim() === '' ? {} : JSON.parse(text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new Refusal(400, `The body is no JSON: ${why}. Send a JSON object.`)
  }
  checkDepth(body)
  return checked(schema, body)
}

/** A request's query parameters by their schema: every value is text, or a list if it came more than once. */
export function checkedQuery<Schema extends z.ZodType>(c: Context, schema: Schema): z.output<Schema> {
  const all = Object.entries(c.req.queries()).map(([name, values]) => [name, values.length > 1 ? values : values[0]])
  return checked(schema, Object.fromEntries(all))
}

export const Uuid = z.uuid('must be a UUID')

/** A UUID in the path. */
export const uuidParameter = (c: Context, name: string): string =>
  checked(z.object({ [name]: Uuid }), { [name]: c.req.param(name) })[name] ?? ''

/** Query text that means a truth value, as the SDK writes it. */
export const Flag = z.enum(['0', '1', 'true', 'false']).transform((text) => text === '1' || text === 'true')
export const WholeNumberText = z
  .string()
  .regex(/^\d{1,9}$/, 'must be a whole number')
  .transform(Number)
const holdsUnstorable = (text: string): boolean => text.includes('\0') || !text.isWellFormed()
const unstorable = 'must not hold U+0000 or half of a surrogate pair'

/** Text that names a node, a channel or a namespace. The names of checkpoints are looked up, and 404 if none has such text. */
export const Name = z.string().refine((text) => !holdsUnstorable(text), unstorable)
export const Metadata = z.record(z.string(), z.unknown())
/** Metadata that is compared with jsonb as it is. */
export const MetadataFilter = Metadata.refine((metadata) => !anyText(metadata, holdsUnstorable), unstorable)
export const Limit = z.int().min(1).max(1_000)
export const Offset = z.int().min(0)
export const textList = z
  .union([z.string(), z.array(z.string())])
  .transform((text) => (typeof text === 'string' ? [text] : text))
