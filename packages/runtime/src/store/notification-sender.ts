import { setTimeout as pause } from 'node:timers/promises'

/** Maximum number of notifications per SQL statement. */
const batchSize = 500
/**
 * Maximum number of unsent notifications. While the database is unavailable, notifications beyond it are dropped: each receiver also looks at the
 * database at intervals.
 */
const mostWaiting = 10_000
/** Minimum time in milliseconds between two statements if no notification of the second one is urgent. */
const gatherMs = 20
/** Pauses in milliseconds before each repeated try of a failed statement. After the last try, its notifications are dropped. */
const retryPausesMs = [100, 500]

/**
 * Sends the notifications of a process with few statements: notifications that are added while a statement is under way go together into the next
 * one, each payload once. A notification is only a hint, so a statement that fails is tried three times, and then its notifications are dropped.
 */
export class NotificationSender {
  readonly #execute: (payloads: readonly string[]) => Promise<unknown>
  readonly #onDropped: (error: unknown) => void
  readonly #waiting = new Set<string>()
  #urgent = false
  #sentAt = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined
  #sending: Promise<void> | undefined

  /**
   * @param execute sends a batch of payloads in one statement
   * @param onDropped called with the last error of a batch that was dropped
   */
  constructor(execute: (payloads: readonly string[]) => Promise<unknown>, onDropped: (error: unknown) => void) {
    this.#execute = execute
    this.#onDropped = onDropped
  }

  /** Adds a payload, which is sent at once if it is urgent, and otherwise at most 20 ms after the statement before. */
  push(payload: string, urgent: boolean): void {
    if (this.#waiting.size >= mostWaiting) return
    this.#waiting.add(payload)
    this.#urgent ||= urgent
    this.#schedule()
  }

  /** Sends the payloads that wait. Resolves when each was sent or dropped. */
  async flush(): Promise<void> {
    do {
      this.#urgent = true
      this.#schedule()
      await this.#sending
    } while (this.#waiting.size > 0)
  }

  #schedule(): void {
    if (this.#sending || this.#waiting.size === 0) return
    const waitMs = this.#urgent ? 0 : this.#sentAt + gatherMs - performance.now()
    if (waitMs > 0) {
      this.#timer ??= setTimeout(() => this.#start(), waitMs)
      return
    }
    this.#start()
  }

  #start(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#sending ??= this.#send().finally(() => {
      this.#sending = undefined
      this.#schedule()
    })
  }

  async #send(): Promise<void> {
    // The caller of `push` may add more payloads before it waits for anything.
    await Promise.resolve()
    const batch = [...this.#waiting].slice(0, batchSize)
    for (const payload of batch) this.#waiting.delete(payload)
    this.#urgent &&= this.#waiting.size > 0
    await this.#sendBatch(batch)
    this.#sentAt = performance.now()
  }

  async #sendBatch(batch: readonly string[]): Promise<void> {
    for (const pauseMs of [...retryPausesMs, undefined]) {
      try {
        return void (await this.#execute(batch))
      } catch (error) {
        if (pauseMs === undefined) return this.#onDropped(error)
        await pause(pauseMs)
      }
    }
  }
}
