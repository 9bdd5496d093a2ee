import { isRecord } from '@hadal/middleware/unknown-value'
import { nearestName } from '@hadal/platform/nearest-name'
import { WebOrigin } from '@hadal/platform/schema/scalars'
import { z } from 'zod'

const names = z.array(
  z.string('must be a text').regex(/^[-!#$%&'*+.^_`|~\w]+$/, 'must be a name, or "*"'),
  'must be a list',
)

function isPattern(text: string): boolean {
  try {
    return new RegExp(`^(?:${text})$`) instanceof RegExp
  } catch {
    return false
  }
}

/** Field `http.cors` of a langgraph.json: which web pages may call the API. */
export const HttpCors = z.strictObject({
  allow_origins: z.array(WebOrigin, 'must be a list').nullish(),
  /** Regular expression that the whole origin must match. */
  allow_origin_regex: z.string('must be a text').refine(isPattern, 'must be a regular expression').nullish(),
  allow_methods: names.nullish(),
  allow_headers: names.nullish(),
  allow_credentials: z.boolean('must be true or false').nullish(),
  expose_headers: names.nullish(),
  max_age: z
    .int('must be a whole number of seconds')
    .min(0, 'must be at least 0')
    .max(86_400, 'must be at most 86400')
    .nullish(),
})
export type HttpCors = z.output<typeof HttpCors>

const known = Object.keys(HttpCors.shape)

function sentenceOf(file: string, issue: z.core.$ZodIssue, value: unknown): string {
  const at = `${file}: http.cors`
  if (issue.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    const near = nearestName(key, known)
    return `${at} has the unknown field "${key}". ${near ? `Did you mean "${near}"?` : `The fields are ${known.join(', ')}.`}`
  }
  const [field] = issue.path.map(String)
  const given: unknown = isRecord(value) && field ? value[field] : value
  return `${at}${field ? `.${field}` : ''} is ${JSON.stringify(given)}: ${field ? issue.message : 'must be an object'}. Change it.`
}

/**
 * Validates the field `http.cors` of a langgraph.json.
 *
 * @param file name of the file in the messages
 */
export function parseHttpCors(
  file: string,
  value: unknown,
): { readonly cors?: HttpCors; readonly problems: readonly string[] } {
  if (value === undefined || value === null) return { problems: [] }
  const parsed = HttpCors.safeParse(value)
  if (!parsed.success) return { problems: parsed.error.issues.map((issue) => sentenceOf(file, issue, value)) }
  return { cors: parsed.data, problems: [] }
}
