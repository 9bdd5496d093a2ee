import type { HttpCors } from '../agents/http-cors.ts'
import { type AllowedOrigin, allowedOrigins } from './allowed-origins.ts'
import { ignoredFieldsHeader } from './ignored-fields.ts'

/** Which web pages may call the API, and what browsers let them send and read. */
export interface CorsSettings {
  readonly allows: AllowedOrigin
  /** Whether every origin is allowed, so that responses do not depend on the origin. */
  readonly allowsAll: boolean
  readonly methods: readonly string[]
  /** Request headers that pages may send; empty for any. */
  readonly headers: readonly string[]
  /** Response headers that pages may read. */
  readonly exposed: readonly string[]
  readonly credentials: boolean
  readonly maxAgeSeconds: number
}

const methods = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

/** Response headers of the API that clients read: the ids and paths of runs, pages of lists, ignored fields, and when to retry. */
const exposed = [
  'Content-Location',
  'Location',
  'X-Pagination-Total',
  'X-Pagination-Next',
  ignoredFieldsHeader,
  'Retry-After',
]

/** How long a browser remembers the answer to a preflight, in seconds. */
const maxAgeSeconds = 600

/** An origin that nobody lists. A pattern that matches it matches every origin. */
const anybody = 'https://any-origin.invalid'

/** The names of a list; undefined if it is missing or allows any name. */
const namesOf = (names: readonly string[] | null | undefined): readonly string[] | undefined =>
  names && !names.includes('*') ? names : undefined

/**
 * The settings of CORS; undefined if no origin is allowed.
 *
 * @param origins allowed origins of the server's variable
 * @param cors `http.cors` of langgraph.json
 * @throws Error if any web page could call the API with the credentials of its visitor
 */
export function corsSettings(origins: readonly string[], cors: HttpCors = {}): CorsSettings | undefined {
  const all = [...origins, ...(cors.allow_origins ?? [])]
  const pattern = cors.allow_origin_regex ?? undefined
  if (all.length === 0 && pattern === undefined) return undefined
  const allows = allowedOrigins(all, pattern)
  const credentials = cors.allow_credentials ?? false
  if (credentials && allows(anybody)) {
    throw new Error(
      'http.cors.allow_credentials is true, but every origin is allowed, so each web page could call the API with the credentials of its visitor. List the allowed origins, or remove allow_credentials.',
    )
  }
  return {
    allows,
    allowsAll: all.includes('*'),
    methods: namesOf(cors.allow_methods) ?? methods,
    headers: namesOf(cors.allow_headers) ?? [],
    exposed: [...new Set([...exposed, ...(namesOf(cors.expose_headers) ?? [])])],
    credentials,
    maxAgeSeconds: cors.max_age ?? maxAgeSeconds,
  }
}
