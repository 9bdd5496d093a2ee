import type { Logger } from 'pino'
import type { Caller } from '../access/caller.ts'

/** Interval in milliseconds at which the callers of open requests are verified again. */
const lookEveryMs = 2_000

interface OpenRequest {
  readonly caller: Caller
  readonly cut: () => void
}

/**
 * The open requests of a process whose callers can lose their right to them. The connection of a request is cut when its caller's credential is no longer
 * valid: streams and waits would otherwise outlive it. After a cut connection the client sends its next request, which is refused with the reason.
 */
export class OpenRequests {
  readonly #log: Logger
  readonly #requests = new Set<OpenRequest>()
  #timer: NodeJS.Timeout | undefined

  constructor(log: Logger) {
    this.#log = log
  }

  /**
   * @param cut cuts the connection of the request
   * @returns function to call at the end of the request
   */
  add(caller: Caller, cut: () => void): () => void {
    const request = { caller, cut }
    this.#requests.add(request)
    this.#timer ??= setTimeout(() => void this.#look(), lookEveryMs)
    return () => {
      this.#requests.delete(request)
    }
  }

  async #look(): Promise<void> {
    // Requests of one key have callers of their own, whose verifications share a statement.
    await Promise.all([...this.#requests].map((request) => this.#cutIfOver(request)))
    this.#timer = this.#requests.size > 0 ? setTimeout(() => void this.#look(), lookEveryMs) : undefined
  }

  async #cutIfOver(request: OpenRequest): Promise<void> {
    const { caller, cut } = request
    try {
      if (await caller.stillValid?.()) return
    } catch (error) {
      this.#log.error({ err: error }, 'open_request_not_verified')
    }
    if (!this.#requests.delete(request)) return
    this.#log.info({ tenant: caller.tenant, user: caller.user }, 'request_cut_after_sign_in_ended')
    cut()
  }
}
