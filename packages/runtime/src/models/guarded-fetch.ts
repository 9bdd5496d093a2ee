import { type StreamEnd, streamEnd } from './stream-end.ts'
import { streamedResponse } from './unstreamed/streamed-response.ts'

export interface FetchBounds {
  /** Timeout for the first byte of a model provider's response body, in milliseconds. */
  readonly firstByteMs: number
  /** Timeout between two chunks of the body of a model provider's response, in milliseconds. */
  readonly idleMs: number
  /** Timeout for the whole response of a model provider, in milliseconds. */
  readonly callMs: number
}

/** Thrown if the response of a model provider is missing or incomplete. `classifyModelError` recognizes its name as a failure of the provider. */
export class ModelStreamError extends Error {
  override readonly name = 'ModelStreamError'
}

const seconds = (ms: number): string => `${ms / 1_000} s`

/** Timeouts of one request to a model provider. The first that expires aborts the request. */
class Watch {
  readonly #abort = new AbortController()
  readonly #passed = Promise.withResolvers<never>()
  #timer: NodeJS.Timeout | undefined
  readonly #whole: NodeJS.Timeout

  constructor({ callMs }: FetchBounds) {
    // Prevents an unhandled rejection if the timeout expires while no code waits.
    this.#passed.promise.catch(() => undefined)
    this.#whole = setTimeout(() => this.#end(`the response was not complete after ${seconds(callMs)}`), callMs)
  }

  get signal(): AbortSignal {
    return this.#abort.signal
  }

  /** Waits for a part of a model provider's response, with a timeout of `ms` milliseconds. */
  async within<Result>(ms: number, what: string, work: Promise<Result>): Promise<Result> {
    this.#timer = setTimeout(() => this.#end(`${what} for ${seconds(ms)}`), ms)
    try {
      return await Promise.race([work, this.#passed.promise])
    } finally {
      clearTimeout(this.#timer)
    }
  }

  stop(): void {
    clearTimeout(this.#timer)
    clearTimeout(this.#whole)
  }

  #end(what: string): void {
    const error = failed(what)
    this.#passed.reject(error)
    this.#abort.abort(error)
  }
}

/**
 * Returns a `fetch` for the providers' SDKs that aborts a stalled response, and fails for a stream that ends before its end event: the SDKs would
 * accept a truncated stream. If a request asks for a stream and the response is not one, the response is converted ({@link streamedResponse}).
 */
export function guardedFetch(bounds: FetchBounds, plain: typeof fetch = fetch): typeof fetch {
  return async (input, init) => {
    const watch = new Watch(bounds)
    try {
      const signal = init?.signal ? AbortSignal.any([init.signal, watch.signal]) : watch.signal
      const begun = performance.now()
      const answer = await watch.within(bounds.firstByteMs, 'no response', plain(input, { ...init, signal }))
      const firstByteMs = Math.max(bounds.firstByteMs - (performance.now() - begun), 1)
      const body = answer.body && guardedBody(answer.body, watch, { ...bounds, firstByteMs }, endOf(answer))
      if (answer.ok && !isStream(answer) && asksForStream(init?.body)) {
        const text = await new Response(body).text()
        watch.stop()
        return asStream(text, addressOf(input), answer.headers)
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

const failed = (what: string): ModelStreamError => new ModelStreamError(`The model's provider failed: ${what}.`)

const isStream = ({ headers }: Response): boolean => headers.get('content-type')?.includes('text/event-stream') ?? false

const endOf = (answer: Response): StreamEnd | undefined => (answer.ok && isStream(answer) ? streamEnd() : undefined)

const truncated = 'the stream ended before its end event'

/** Failure of a complete stream, if any. */
function failureOf(events: string): string | undefined {
  const end = streamEnd()
  end.read(new TextEncoder().encode(events))
  return end.failure ?? (end.reached ? undefined : truncated)
}

/** Converts a complete response that is not a stream. A failure is an error of the body, because the SDKs hide the message of a failed `fetch`. */
function asStream(text: string, url: string, headers: Headers): Response {
  const read = streamedResponse(text, url, headers)
  if ('response' in read) return read.response
  const failure = 'failure' in read ? read.failure : failureOf(read.events)
  const body =
    'events' in read && failure === undefined
      ? read.events
      : new ReadableStream({ start: (controller) => controller.error(failed(failure ?? truncated)) })
  return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
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
        if (value) end?.read(value)
        const failure = end?.failure ?? (done && end && !end.reached ? truncated : undefined)
        if (failure) throw failed(failure)
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
