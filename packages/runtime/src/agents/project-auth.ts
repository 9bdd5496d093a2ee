import { isRecord } from '@hadal/middleware/unknown-value'
import { nearestName } from '@hadal/platform/nearest-name'
import { isSet, nearlyProtects } from './langgraph-keys.ts'

/** Field `auth.cache` of a langgraph.json: how long the answers of the author's `authenticate` are used again. */
export interface AuthCache {
  /** Headers whose values identify a cached answer. */
  readonly headers: readonly string[]
  readonly ttlSeconds: number
  /** Maximum number of cached answers. */
  readonly size: number
}

/** Field `auth` of a langgraph.json. */
export interface ProjectAuth {
  /** Module and export of the author's `Auth`, such as `./auth.ts:auth`. */
  readonly path: string
  /** Whether the header `x-auth-scheme: langsmith` of LangGraph Studio is ignored. */
  readonly disableStudio: boolean
  readonly cache?: AuthCache
}

interface ParsedAuth {
  readonly auth?: ProjectAuth
  readonly problems: readonly string[]
  readonly notices: readonly string[]
}

const fields = ['path', 'disable_studio_auth', 'cache', 'openapi', 'allow_langsmith_api_keys']
const cacheFields = ['cache_keys', 'ttl_seconds', 'max_size']
const defaultTtlSeconds = 60
const defaultSize = 1_000
const most = { ttl_seconds: 3_600, max_size: 100_000 } as const

/**
 * Validates the field `auth` of a langgraph.json.
 *
 * @param file name of the file in the messages
 */
export function parseAuth(file: string, auth: unknown): ParsedAuth {
  if (!isSet(auth)) return { problems: [], notices: [] }
  if (!isRecord(auth)) {
    return { problems: [`${file}: "auth" is ${JSON.stringify(auth)}. Use { "path": "./auth.ts:auth" }.`], notices: [] }
  }
  const problems: string[] = []
  const notices: string[] = []
  const at = (field: string): string => `${file}: "auth.${field}"`
  for (const field of Object.keys(auth)) {
    if (fields.includes(field)) continue
    const near = nearestName(field, fields)
    if (near) problems.push(nearlyProtects(file, `auth.${field}`, `auth.${near}`))
    else notices.push(`${file} has the unknown field "auth.${field}". It has no effect.`)
  }
  for (const field of ['openapi', 'allow_langsmith_api_keys']) {
    if (isSet(auth[field])) notices.push(`${at(field)} has no effect on this server.`)
  }
  const { path, disable_studio_auth: disables } = auth
  if (typeof path !== 'string' || path.trim() === '') {
    problems.push(`${at('path')} is missing. Name the module and the export of your Auth, such as "./auth.ts:auth".`)
  }
  if (isSet(disables) && typeof disables !== 'boolean') {
    problems.push(`${at('disable_studio_auth')} is ${JSON.stringify(disables)}. Use true or false.`)
  }
  const { cache, problems: ofCache } = parseCache(file, auth.cache)
  problems.push(...ofCache)
  if (typeof path !== 'string' || problems.length > 0) return { problems, notices }
  return { auth: { path, disableStudio: disables === true, ...(cache ? { cache } : {}) }, problems, notices }
}

function parseCache(
  file: string,
  cache: unknown,
): { readonly cache?: AuthCache; readonly problems: readonly string[] } {
  if (!isSet(cache)) return { problems: [] }
  const at = `${file}: "auth.cache`
  if (!isRecord(cache)) {
    return {
      problems: [`${at}" is ${JSON.stringify(cache)}. Use { "cache_keys": ["authorization"], "ttl_seconds": 60 }.`],
    }
  }
  const problems = Object.keys(cache)
    .filter((field) => !cacheFields.includes(field))
    .map((field) => `${at}" has the unknown field "${field}". The fields are ${cacheFields.join(', ')}.`)
  const { cache_keys: headers } = cache
  const isHeaders =
    Array.isArray(headers) &&
    headers.length > 0 &&
    headers.every((name) => typeof name === 'string' && /^[\w-]+$/.test(name))
  if (!isHeaders) {
    problems.push(
      `${at}.cache_keys" is ${JSON.stringify(headers)}. Name the headers that "authenticate" reads, such as ["authorization"].`,
    )
  }
  const number = (field: keyof typeof most, standard: number): number => {
    const value = cache[field] ?? standard
    if (typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most[field]) return value
    problems.push(`${at}.${field}" is ${JSON.stringify(value)}. Use a whole number from 1 to ${most[field]}.`)
    return standard
  }
  const [ttlSeconds, size] = [number('ttl_seconds', defaultTtlSeconds), number('max_size', defaultSize)]
  return problems.length > 0
    ? { problems }
    : { cache: { headers: headers as readonly string[], ttlSeconds, size }, problems }
}
