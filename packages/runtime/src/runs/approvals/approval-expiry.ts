import type { RunsContext } from '../runs-context.ts'
import { expireApprovals } from './expire-approvals.ts'

const longestPauseMs = 30_000
const shortestPauseMs = 500

/** Looks for questions whose time is over, again and again, in each process that works on runs. */
export class ApprovalExpiry {
  readonly #context: RunsContext
  readonly #pauseMs: number
  #timer: NodeJS.Timeout | undefined
  #looking: Promise<void> | undefined

  /** @param expirySeconds how long a question can be answered: a short time is looked after more often */
  constructor(context: RunsContext, expirySeconds: number) {
    this.#context = context
    this.#pauseMs = Math.min(Math.max((expirySeconds * 1_000) / 10, shortestPauseMs), longestPauseMs)
  }

  start(): void {
    this.#timer = setInterval(() => {
      this.#looking ??= this.#look()
    }, this.#pauseMs)
  }

  /** Resolves when nothing of it is under way. */
  async stop(): Promise<void> {
    clearInterval(this.#timer)
    await this.#looking
  }

  async #look(): Promise<void> {
    try {
      await expireApprovals(this.#context)
    } catch (error) {
      this.#context.log.warn({ err: error }, 'approval_expiry_failed')
    } finally {
      this.#looking = undefined
    }
  }
}
