import { isConnectionTrouble } from '../store/connection-trouble.ts'
import type { RunsContext } from './runs-context.ts'
import { Wake } from './wake.ts'

/** Pause in milliseconds after a database error before the server reads a run again. */
const retryMs = 500

/**
 * Waits for the end of a run. Create it before the run is submitted, cancelled or read for the first time: then it misses no end, and the run needs no
 * further read before its end.
 */
export class EndWait {
  readonly #context: Pick<RunsContext, 'log' | 'runWatch'>
  readonly #runId: string
  readonly #wake = new Wake()
  readonly #unfollow: () => void

  constructor(context: Pick<RunsContext, 'log' | 'runWatch'>, runId: string) {
    this.#context = context
    this.#runId = runId
    this.#unfollow = context.runWatch.follow(runId, 'end', this.#wake.set)
  }

  close(): void {
    this.#unfollow()
  }

  /** Lets `until` read the run at once: it was over already. */
  readNow(): void {
    this.#wake.set()
  }

  /**
   * Calls `read` when the run may be over, until it returns a result. While the database is unavailable, it waits: the run continues later.
   *
   * @param read returns undefined if the run is not over
   * @returns undefined if `signal` was aborted
   */
  async until<Result>(read: () => Promise<Result | undefined>, signal: AbortSignal): Promise<Result | undefined> {
    signal.addEventListener('abort', this.#wake.set)
    try {
      for (;;) {
        if (!signal.aborted) await this.#wake.wait()
        if (signal.aborted) return undefined
        const result = await this.#tried(read)
        if (result !== undefined) return result
      }
    } finally {
      signal.removeEventListener('abort', this.#wake.set)
      this.close()
    }
  }

  async #tried<Result>(read: () => Promise<Result | undefined>): Promise<Result | undefined> {
    try {
      return await read()
    } catch (error) {
      if (!isConnectionTrouble(error)) throw error
      this.#context.log.warn({ err: error, run_id: this.#runId }, 'follower_waits_for_database')
      setTimeout(this.#wake.set, retryMs)
      return undefined
    }
  }
}
