import { isRecord } from '@hadal/platform/is-record'
import { PlainError } from '../plain-error.ts'
import { readProcessEnvironment } from '../process-environment.ts'
import { plainText } from './plain-text.ts'

/** An agent server, by the URL of its API. */
export interface AgentServer {
  readonly url: string
}

/** Maximum time in milliseconds until the server answers. */
const longestAnswerMs = 30_000

/** An error response of the server, whose sentence is for the user. */
export class AnsweredError extends PlainError {
  readonly status: number
  constructor(status: number, sentence: string) {
    super(sentence)
    this.status = status
  }
}

/** Reason why a request got no answer, as `fetch` hides it in the cause of its error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.name === 'TimeoutError') return `no answer within ${longestAnswerMs / 1_000} s`
  const { cause } = error
  if (cause instanceof AggregateError && cause.errors.length > 0) return reasonOf(cause.errors[0])
  return cause instanceof Error ? reasonOf(cause) : error.message
}

/**
 * Sends a request to the API of an agent server, with the API key of `HADAL_API_KEY` if it is set.
 *
 * @returns the JSON of the response
 * @throws {AnsweredError} with the server's sentence for an error response
 * @throws PlainError if no agent server answers
 */
export async function agentServerRequest(
  { url }: AgentServer,
  method: 'GET' | 'POST',
  path: string,
  body?: unknown,
): Promise<unknown> {
  const { apiKey } = readProcessEnvironment()
  const answer = await fetch(`${url}${path}`, {
    method,
    headers: {
      accept: 'application/json',
      'content-type': 'application/json',
      ...(apiKey ? { 'x-api-key': apiKey } : {}),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(longestAnswerMs),
  }).catch((error: unknown) => {
    throw new PlainError(
      `No agent server answers at ${url} (${plainText(reasonOf(error))}). Start it, or name another one with --url.`,
    )
  })
  const json: unknown = await answer.json().catch(() => undefined)
  if (answer.ok && json !== undefined) return json
  if (answer.status === 401 || answer.status === 403) {
    throw new PlainError(
      `The server at ${url} answered ${answer.status}: ${apiKey ? 'it does not accept the API key in HADAL_API_KEY.' : 'it needs an API key. Set HADAL_API_KEY.'}`,
    )
  }
  if (isRecord(json) && typeof json.detail === 'string') throw new AnsweredError(answer.status, plainText(json.detail))
  throw new PlainError(
    `The server at ${url} answered ${answer.status} without the JSON of an agent server. Check the URL: the server of "hadal up" is at http://localhost:8000 by default.`,
  )
}
