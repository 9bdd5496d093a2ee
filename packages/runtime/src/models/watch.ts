import { ModelStreamError } from './model-stream-error.ts'

export interface FetchBounds {
  /** Timeout for the first byte of a model provider's response body, in milliseconds. */
  readonly firstByteMs: number
  /** Timeout between two chunks of the body of a model provider's response, in milliseconds. */
  readonly idleMs: number
  /** Timeout for the whole response of a model provider, in milliseconds. */
  readonly callMs: number
}

const seconds = (ms: number): string => `${ms / 1_000} s`

/** Timeouts of one request to a model provider. The first that expires aborts the request. */
export class Watch {
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
    const error = new ModelStreamError(what)
    this.#passed.reject(error)
    this.#abort.abort(error)
  }
}
