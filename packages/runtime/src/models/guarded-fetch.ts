import { googleStreamEnd } from './google-stream-end.ts'
import { ModelStreamError } from './model-stream-error.ts'
import { type StreamEnd, streamEnd } from './stream-end.ts'
import { type StreamedResponse, streamedResponse } from './unstreamed/streamed-response.ts'
import { type FetchBounds, Watch } from './watch.ts'

/**
 * Maximum number of bytes of a response, after decompression. The longest answer of a model as a stream is about a fifth of it. A proxy that sends
 * data without end would otherwise fill the memory of the process.
 */
const mostBytes = 64 * 1024 * 1024

/**
 * Returns a `fetch` for the providers' SDKs that aborts a stalled response, and fails for a stream that ends before its end event: the SDKs would
 * accept a truncated stream. It also fails for a response of more than 64 MiB. If a request asks for a stream and the response is not one, the response is converted ({@link streamedResponse}).
 */
export function guardedFetch(bounds: FetchBounds, plain: typeof fetch = fetch): typeof fetch {
  return async (input, init) => {
    const watch = new Watch(bounds)
    try {
      const signal = init?.signal ? AbortSignal.any([init.signal, watch.signal]) : watch.signal
      const begun = performance.now()
      const answer = await watch.within(bounds.firstByteMs, 'no response', plain(input, { ...init, signal }))
      const firstByteMs = Math.max(bounds.firstByteMs - (performance.now() - begun), 1)
      const newEnd = addressOf(input).endsWith(googleStream) ? googleStreamEnd : streamEnd
      const end = answer.ok && isStream(answer) ? newEnd() : undefined
      const body = answer.body && guardedBody(answer.body, watch, { ...bounds, firstByteMs }, end)
      if (answer.ok && !isStream(answer) && (newEnd === googleStreamEnd || asksForStream(init?.body))) {
        const text = await new Response(body).text()
        watch.stop()
        return asStream(streamedResponse(text, addressOf(input), answer.headers), newEnd())
      }
      if (!body) watch.stop()
      const { headers, status, statusText } = answer
      return new Response(body, { headers, status, statusText })
    } catch (error) {
      watch.stop()
      throw error
    }
  }
}

const isStream = ({ headers }: Response): boolean => headers.get('content-type')?.includes('text/event-stream') ?? false

/** End of the path of a request for a stream of Google's API, whose body does not say that it asks for one. */
const googleStream = ':streamGenerateContent'

const truncated = 'the stream ended before its end event'

/** Converts a complete response that is not a stream. A failure is an error of the body, because the SDKs hide the message of a failed `fetch`. */
function asStream(read: StreamedResponse, end: StreamEnd): Response {
  if ('response' in read) return read.response
  const headers = { 'content-type': 'text/event-stream' }
  if ('events' in read) end.read(new TextEncoder().encode(read.events))
  const failure = 'failure' in read ? read.failure : (end.failure ?? (end.reached ? undefined : truncated))
  if ('events' in read && failure === undefined) return new Response(read.events, { headers })
  const broken = new ReadableStream({
    start: (controller) => controller.error(new ModelStreamError(failure ?? truncated)),
  })
  return new Response(broken, { headers })
}

/** Address of a request without its query, for error messages. */
function addressOf(input: Parameters<typeof fetch>[0]): string {
  const { origin, pathname } = new URL(input instanceof Request ? input.url : input)
  return `${origin}${pathname}`
}

/** Whether the body of a request asks for a stream. The SDKs send it as JSON text. */
function asksForStream(body: unknown): boolean {
  if (typeof body !== 'string' || !body.includes('"stream"')) return false
  try {
    const asked: unknown = JSON.parse(body)
    return typeof asked === 'object' && asked !== null && Reflect.get(asked, 'stream') === true
  } catch {
    return false
  }
}

function guardedBody(
  body: ReadableStream<Uint8Array>,
  watch: Watch,
  { firstByteMs, idleMs }: FetchBounds,
  end?: StreamEnd,
): ReadableStream<Uint8Array> {
  const reader = body.getReader()
  let began = false
  let bytes = 0
  return new ReadableStream({
    async pull(controller) {
      try {
        const read = reader.read()
        const { done, value } = await watch.within(
          began ? idleMs : firstByteMs,
          began ? 'no further data' : 'no first byte',
          read,
        )
        began = true
        bytes += value?.byteLength ?? 0
        if (bytes > mostBytes) throw new ModelStreamError('the response has more than 64 MiB')
        if (value) end?.read(value)
        const failure = end?.failure ?? (done && end && !end.reached ? truncated : undefined)
        if (failure) throw new ModelStreamError(failure)
        if (!done) return controller.enqueue(value)
        watch.stop()
        controller.close()
      } catch (error) {
        watch.stop()
        controller.error(error)
        await reader.cancel(error).catch(() => undefined)
      }
    },
    async cancel(reason) {
      watch.stop()
      await reader.cancel(reason)
    },
  })
}
