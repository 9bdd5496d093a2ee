import type { Loops } from '../loops.ts'
import type { RunsContext } from '../runs-context.ts'
import { expireApprovals } from './expire-approvals.ts'

/** Maximum time between two searches for expired approvals, in milliseconds. */
const longestPauseMs = 30_000
/** Minimum time between two searches for expired approvals, in milliseconds. */
const shortestPauseMs = 500

/** Searches for expired approvals at regular intervals, in each process that executes runs. */
export class ApprovalExpiry {
  readonly #context: RunsContext
  readonly #loops: Loops
  readonly #pauseMs: number
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | undefined

  /** @param expirySeconds how long a person can answer an approval, in seconds: the search runs about ten times in that period */
  constructor(context: RunsContext, loops: Loops, expirySeconds: number) {
    this.#context = context
    this.#loops = loops
    this.#pauseMs = Math.min(Math.max((expirySeconds * 1_000) / 10, shortestPauseMs), longestPauseMs)
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#looking ??= this.#look()
    }, this.#pauseMs)
  }

  /** Stops the searches for expired approvals. Resolves when a search that is under way has ended. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
  }

  async #look(): Promise<void> {
    try {
      await expireApprovals(this.#context, this.#loops)
    } catch (error) {
      this.#context.log.warn({ err: error }, 'approval_expiry_failed')
    } finally {
      this.#looking = undefined
    }
  }
}
