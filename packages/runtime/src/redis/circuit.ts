import { RedisAway } from './redis-away.ts'

/**
 * Keeps a server that does not answer from costing more than one time limit in a while: after a failure nothing is asked for `restMs`, then one
 * request goes ahead, and the others follow once it was answered.
 */
export class Circuit {
  readonly #restMs: number
  readonly #changed: (closed: boolean, cause: unknown) => void
  #restUntil: number | undefined
  #trying = false

  /** @param changed hears when requests are let through no more, and when they are again */
  constructor(restMs: number, changed: (closed: boolean, cause: unknown) => void) {
    this.#restMs = restMs
    this.#changed = changed
  }

  /** Whether requests go through as usual. */
  get closed(): boolean {
    return this.#restUntil === undefined
  }

  /**
   * @param request whose failures count; it must end by itself
   * @param isTrouble whether a failure says that the server does not answer; any other is an answer
   * @throws {RedisAway} at once while nothing is asked
   */
  async pass<Result>(request: () => Promise<Result>, isTrouble: (error: unknown) => boolean): Promise<Result> {
    const probe = this.#restUntil !== undefined
    if (probe) {
      if (this.#trying || performance.now() < (this.#restUntil ?? 0)) throw new RedisAway('it did not answer lately')
      this.#trying = true
    }
    try {
      const result = await request()
      if (probe) this.#close()
      return result
    } catch (error) {
      if (isTrouble(error)) this.#open(error)
      else if (probe) this.#close()
      throw error
    } finally {
      if (probe) this.#trying = false
    }
  }

  #open(cause: unknown): void {
    const first = this.closed
    this.#restUntil = performance.now() + this.#restMs
    if (first) this.#changed(false, cause)
  }

  #close(): void {
    this.#restUntil = undefined
    this.#changed(true, undefined)
  }
}
