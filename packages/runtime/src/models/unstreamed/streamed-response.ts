import { anthropicEvents } from './anthropic-events.ts'
import { chatCompletionsEvents } from './chat-completions-events.ts'
import { errorResponse } from './error-response.ts'
import { googleEvents } from './google-events.ts'
import { responsesEvents } from './responses-events.ts'
import type { StreamEvent } from './stream-event.ts'

/** Maximum number of characters of a foreign response that an error shows. */
const shownCharacters = 120

const line = ({ event, data }: StreamEvent): string =>
  `${event ? `event: ${event}\n` : ''}data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`

/** A response to a request for a stream: the text of the stream, a response without stream, or the reason of a failure. */
export type StreamedResponse =
  | { readonly events: string }
  | { readonly response: Response }
  | { readonly failure: string }

/**
 * Turns the response to a request for a stream that is not declared as a stream into one that the providers' SDKs understand:
 *
 * | body | result |
 * |---|---|
 * | server-sent events | a stream |
 * | a whole answer as JSON | the stream of the same answer |
 * | an error as JSON | the status of that error |
 * | nothing, or truncated JSON | a failure, which a retry may remedy |
 * | anything else, such as the HTML of a login page | 404, because no model provider's API is at that address |
 */
export function streamedResponse(text: string, url: string, headers: Headers): StreamedResponse {
  if (text.trim() === '') return { failure: 'the response was empty' }
  if (/^\s*(?:event|data|id|retry)?:/.test(text)) return { events: text }
  const answer = json(text)
  if (answer === undefined && /^\s*[[{]/.test(text)) return { failure: 'the response is not valid JSON' }
  const refused = errorResponse(answer, headers)
  if (refused) return { response: refused }
  const events =
    anthropicEvents(answer) ?? chatCompletionsEvents(answer) ?? responsesEvents(answer) ?? googleEvents(answer)
  if (events) return { events: events.map(line).join('') }
  return { response: foreign(text, url, headers.get('content-type')) }
}

function json(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function foreign(text: string, url: string, type: string | null): Response {
  const begin = text.trim().replace(/\s+/g, ' ').slice(0, shownCharacters)
  const message = `${url} answered with ${type ?? 'no content type'} instead of a model's answer: "${begin}". Check the base URL of the model provider.`
  return Response.json({ type: 'error', error: { type: 'not_found_error', message } }, { status: 404 })
}
