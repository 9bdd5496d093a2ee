export type CircuitState = 'closed' | 'half-open' | 'open'

export interface CircuitOptions {
  /** Failures in a row that open it. */
  readonly failures?: number
  /** How long it stays open before one call may try. */
  readonly openMs?: number
  /** Milliseconds from any fixed point. */
  readonly now?: () => number
}

/**
 * Remembers whether a provider is there. Closed, every call may go; after enough failures in a row it is open, and none should; a while
 * later it is half-open, and one call tries: it closes the circuit, or opens it again.
 *
 * Every admitted call reports back once: {@link succeeded}, {@link failed}, or {@link released} when its end says nothing of the provider.
 */
export class CircuitBreaker {
  readonly #most: number
  readonly #openMs: number
  readonly #now: () => number
  #failures = 0
  #openedAt: number | undefined
  #trying = false

  constructor({ failures = 5, openMs = 30_000, now = () => performance.now() }: CircuitOptions = {}) {
    this.#most = failures
    this.#openMs = openMs
    this.#now = now
  }

  get state(): CircuitState {
    if (this.#openedAt === undefined) return 'closed'
    return this.#now() - this.#openedAt < this.#openMs ? 'open' : 'half-open'
  }

  /** Whether a call may go. In the half-open state this takes the one try. */
  admits(): boolean {
    const { state } = this
    if (state === 'closed') return true
    if (state === 'open' || this.#trying) return false
    this.#trying = true
    return true
  }

  succeeded(): void {
    this.#failures = 0
    this.#openedAt = undefined
    this.#trying = false
  }

  failed(): void {
    this.#failures += 1
    this.#trying = false
    if (this.#failures >= this.#most) this.#openedAt = this.#now()
  }

  released(): void {
    this.#trying = false
  }
}
