import { ContextOverflowError } from '@langchain/core/errors'
import { isObject, text } from './unknown-value.ts'

/**
 * Kind of a failed model call, by the remedy:
 *
 * | kind | cause | remedy |
 * |---|---|---|
 * | `rate-limited` | 429 | waiting, then another provider |
 * | `unavailable` | 408, 409, 5xx, 529, no connection, a stream that stalls, is cut or reports an error | a retry, then another provider |
 * | `malformed` | arguments of a tool call that are not a JSON object | one retry, then another model |
 * | `spend-limit` | 402; 400, 403 or 429 with a message about credit, quota or billing | another provider |
 * | `credentials` | 401, 403; 400 with a message about the key | another provider |
 * | `no-such-model` | 404; 400 with a message about the model's id | another model |
 * | `refused` | every other 4xx, and a context that is too long | none: every provider would refuse the request |
 * | `unknown` | an error that does not come from a provider: a bug, an abort, an interrupt | none: it is thrown unchanged |
 */
export type ModelFailureKind =
  | 'rate-limited'
  | 'unavailable'
  | 'malformed'
  | 'spend-limit'
  | 'credentials'
  | 'no-such-model'
  | 'refused'
  | 'unknown'

export interface ModelFailure {
  readonly kind: ModelFailureKind
  /** Wait in milliseconds that the model provider requires before the next try. */
  readonly retryAfterMs?: number
}

const word = (value: unknown): string => text(value) ?? ''

/** An error and its causes, the outermost first, because middleware wraps the errors that pass through it. */
function causes(error: unknown): Readonly<Record<string, unknown>>[] {
  const found: Readonly<Record<string, unknown>>[] = []
  for (let each = error; isObject(each) && !found.includes(each); each = each.cause) found.push(each)
  return found
}

/**
 * Matches the messages of providers about exhausted credit: Anthropic "Your credit balance is too low …" and "You have reached your specified
 * API usage limits", OpenAI "You exceeded your current quota, please check your plan and billing details".
 */
const spend =
  /credit balance|spend(?:ing)? limit|usage limit|billing|(?:insufficient|exceeded|current)[_ ](?:your )?(?:current )?quota/i

/** Kinds of model errors by their `type` or `code`, for errors inside a stream, which have no HTTP status. */
const kindOfType: Readonly<Record<string, ModelFailureKind>> = {
  overloaded_error: 'unavailable',
  api_error: 'unavailable',
  timeout_error: 'unavailable',
  server_error: 'unavailable',
  rate_limit_error: 'rate-limited',
  rate_limit_exceeded: 'rate-limited',
  tokens: 'rate-limited',
  requests: 'rate-limited',
  insufficient_quota: 'spend-limit',
  billing_error: 'spend-limit',
  billing_hard_limit_reached: 'spend-limit',
  authentication_error: 'credentials',
  permission_error: 'credentials',
  not_found_error: 'no-such-model',
  invalid_request_error: 'refused',
  request_too_large: 'refused',
}

/** Kinds of the errors of Bedrock by their name, for which its status is missing, in a stream, or misleading. */
const kindOfName: Readonly<Record<string, ModelFailureKind>> = {
  ThrottlingException: 'rate-limited',
  ServiceQuotaExceededException: 'rate-limited',
  ModelNotReadyException: 'unavailable',
  ModelTimeoutException: 'unavailable',
  ModelErrorException: 'unavailable',
  ModelStreamErrorException: 'unavailable',
  InternalServerException: 'unavailable',
  ServiceUnavailableException: 'unavailable',
  AccessDeniedException: 'credentials',
  CredentialsProviderError: 'credentials',
  TokenProviderError: 'credentials',
}

/** Matches names and codes of the connection errors of Node, undici and the SDKs. */
const connection =
  /^(?:APIConnection(?:Timeout)?Error|TimeoutError|ModelStreamError|E(?:CONNRESET|CONNREFUSED|PIPE|TIMEDOUT|AI_AGAIN|NOTFOUND|HOSTUNREACH|NETUNREACH)|UND_ERR_\w+)$/
/** Matches undici's messages for a connection that ends early, and LangChain's messages for an answer without content. */
const connectionWords = /^(?:fetch failed|terminated|Received empty response from chat model call|No chunks returned)/

/** Matches Gemini's messages for an invalid or expired key, which have status 400: "API key not valid. Please pass a valid API key." */
const invalidKey = /\bAPI key (?:not valid|expired|not found|is invalid)|API_KEY_INVALID/i
/** Matches Bedrock's messages for a model that the account or the region does not have, which have status 400. */
const unknownModel = /\bmodel identifier is invalid|\bmodel ID .{1,200} with on-demand throughput isn.t supported/i

function ofStatus(status: number, said: string): ModelFailureKind {
  if (status === 402) return 'spend-limit'
  if (status === 400 && invalidKey.test(said)) return 'credentials'
  if (status === 400 && unknownModel.test(said)) return 'no-such-model'
  if ([400, 403, 429].includes(status) && spend.test(said)) return 'spend-limit'
  if (status === 429) return 'rate-limited'
  if (status === 401 || status === 403) return 'credentials'
  if (status === 404) return 'no-such-model'
  if (status === 408 || status === 409 || status >= 500) return 'unavailable'
  return 'refused'
}

/** Types, and all text, of a model error and its body: `{ error: { type, code, message } }`, nested once or twice. */
function words(error: Readonly<Record<string, unknown>>): { types: string[]; said: string } {
  const body = isObject(error.error) ? error.error : {}
  const inner = isObject(body.error) ? body.error : {}
  const all = [inner, body, error]
  return {
    types: all.flatMap(({ code, type }) => [word(code), word(type)]).filter((word) => word !== '' && word !== 'error'),
    said: all.flatMap(({ code, message, type }) => [word(code), word(type), word(message)]).join(' '),
  }
}

/** HTTP status of an error: in `status` (OpenAI, Anthropic), `statusCode` (LangChain), or `$metadata` (AWS). */
function statusOf({ status, statusCode, $metadata }: Readonly<Record<string, unknown>>): number | undefined {
  const found = [status, statusCode, isObject($metadata) ? $metadata.httpStatusCode : undefined]
  return found.find((one) => typeof one === 'number')
}

function kindOf(error: Readonly<Record<string, unknown>>): ModelFailureKind | undefined {
  if (ContextOverflowError.isInstance(error)) return 'refused'
  const name = word(error.name)
  if (Object.hasOwn(kindOfName, name)) return kindOfName[name]
  const { types, said } = words(error)
  // Inside a stream, Bedrock's exception has no status.
  const status = name === 'ValidationException' ? 400 : statusOf(error)
  if (status !== undefined && status >= 400) return ofStatus(status, said)
  if ([name, word(error.code), error.constructor.name].some((name) => connection.test(name))) return 'unavailable'
  if (connectionWords.test(word(error.message))) return 'unavailable'
  const named = types.find((type) => Object.hasOwn(kindOfType, type))
  if (!named) return isObject(error.error) ? 'unavailable' : undefined
  return spend.test(said) ? 'spend-limit' : kindOfType[named]
}

function header(error: Readonly<Record<string, unknown>>, name: string): string | undefined {
  const { headers } = error
  if (!isObject(headers)) return undefined
  // A `Headers` object of another library is not an instance of the global class.
  return word(typeof headers.get === 'function' ? headers.get(name) : headers[name]) || undefined
}

function retryAfter(error: Readonly<Record<string, unknown>>, now: number): number | undefined {
  // LangChain read it from the header. A callback may have removed the headers since, because they can contain secrets.
  if (typeof error.retryAfterMs === 'number') return error.retryAfterMs
  const milliseconds = Number(header(error, 'retry-after-ms') ?? Number.NaN)
  if (milliseconds >= 0) return milliseconds
  const written = header(error, 'retry-after')
  if (written === undefined) return undefined
  const seconds = Number(written)
  if (seconds >= 0) return seconds * 1_000
  const date = Date.parse(written)
  return Number.isNaN(date) ? undefined : Math.max(date - now, 0)
}

/**
 * Classifies an error that a model call threw: an error of the SDKs of Anthropic, OpenAI and AWS, of LangChain, or of a connection.
 *
 * @param now current time in milliseconds since 1970, for a `retry-after` header with a date
 */
export function classifyModelError(error: unknown, now: number): ModelFailure {
  const chain = causes(error)
  if (chain.some(({ name }) => name === 'AbortError' || name === 'ModelAbortError')) return { kind: 'unknown' }
  for (const each of chain) {
    const kind = kindOf(each)
    if (!kind) continue
    const retryAfterMs = chain.map((one) => retryAfter(one, now)).find((wait) => wait !== undefined)
    return retryAfterMs === undefined ? { kind } : { kind, retryAfterMs }
  }
  return { kind: 'unknown' }
}
