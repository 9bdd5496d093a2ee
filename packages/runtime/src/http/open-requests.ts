import type { Logger } from 'pino'
import type { Caller } from '../access/caller.ts'

/** Pause in milliseconds after which the callers of open requests are verified again. */
const lookEveryMs = 2_000

interface OpenRequest {
  readonly caller: Caller
  readonly cut: () => void
}

/**
 * The open requests of a process whose callers have credentials that can expire or be revoked. The connection of a request is cut when the credential of
 * its caller is no longer valid, because a stream or a wait would otherwise continue. The next request of the client is refused with the reason.
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
    // The verifications begin at once, so those of API keys share a statement.
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
