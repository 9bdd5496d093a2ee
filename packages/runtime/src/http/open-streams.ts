/** Interval in milliseconds at which the server looks for streams without an event. */
const lookEveryMs = 1_000
/**
 * Time in milliseconds without an event after which the server sends a comment on a stream of server-sent events, so that clients and proxies see
 * that the connection is alive. The HTML standard suggests 15 s, and proxies close a silent connection after 30 s or more.
 */
const heartbeatAfterMs = 15_000

const heartbeat = new TextEncoder().encode(': heartbeat\n\n')

/** A stream of server-sent events that is open. */
export interface OpenStream {
  readonly controller: ReadableStreamDefaultController<Uint8Array>
  /** Ends the stream if it is aborted. */
  readonly ending: AbortController
  /** Cuts the connection when the server closes: see `cutOf`. Undefined if the stream ends then. */
  readonly cut?: (() => void) | undefined
  /** Monotonic time in milliseconds of the last event or comment. */
  writtenAt: number
}

/** The open streams of a process. One timer keeps all of them alive, and they end when the server closes. */
export class OpenStreams {
  readonly #closing: AbortSignal
  readonly #streams = new Set<OpenStream>()
  #timer: NodeJS.Timeout | undefined

  /** @param closing aborted when the server closes */
  constructor(closing: AbortSignal) {
    this.#closing = closing
    closing.addEventListener('abort', () => {
      for (const stream of this.#streams) this.#close(stream)
    })
  }

  add(stream: OpenStream): void {
    if (this.#closing.aborted) this.#close(stream)
    this.#streams.add(stream)
    this.#timer ??= setInterval(() => this.#beat(), lookEveryMs)
  }

  delete(stream: OpenStream): void {
    this.#streams.delete(stream)
    if (this.#streams.size > 0) return
    clearInterval(this.#timer)
    this.#timer = undefined
  }

  #close({ cut, ending }: OpenStream): void {
    cut?.()
    ending.abort()
  }

  #beat(): void {
    const now = performance.now()
    for (const stream of this.#streams) {
      // A client that has not read what was sent before gets nothing more.
      if (now - stream.writtenAt < heartbeatAfterMs || (stream.controller.desiredSize ?? 0) <= 0) continue
      stream.writtenAt = now
      stream.controller.enqueue(heartbeat)
    }
  }
}
