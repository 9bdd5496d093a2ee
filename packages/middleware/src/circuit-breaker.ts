export type CircuitState = 'closed' | 'half-open' | 'open'

export interface CircuitOptions {
  /** Number of consecutive failures that open the circuit breaker. */
  readonly failures?: number
  /** Time in milliseconds for which the circuit breaker is open before it admits one call. */
  readonly openMs?: number
  /** Function that returns the current time in milliseconds since any fixed point. Tests replace it. */
  readonly now?: () => number
}

/**
 * Circuit breaker of a server or model provider. Closed, it admits every call. A number of consecutive failures opens it, and it admits none.
 * After a time it is half-open and admits one call, which closes it or opens it again.
 *
 * Every admitted call reports its result once: {@link succeeded}, {@link failed}, or {@link released} if its end shows nothing about the provider.
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

  /** Whether the circuit breaker admits a call. In the half-open state this takes the one try. */
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
