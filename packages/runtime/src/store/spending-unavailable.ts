import { causesOf } from './causes-of.ts'

/** The database can't be reached, so whether a model call fits its budgets is unknown. The run returns to the queue: the agent has not failed. */
export class SpendingUnavailable extends Error {
  constructor(cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause)
    super(`Whether a call of a model fits into its budgets can't be told: ${why}`, { cause })
    this.name = 'SpendingUnavailable'
  }
}

/** Whether an error or one of its causes is a SpendingUnavailable: LangChain wraps what a middleware throws. */
export const isSpendingUnavailable = (error: unknown): boolean =>
  causesOf(error).some((cause) => cause instanceof SpendingUnavailable)
