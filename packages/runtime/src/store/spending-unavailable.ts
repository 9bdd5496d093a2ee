import { causesOf } from './causes-of.ts'

/**
 * Thrown if the database is unavailable, so that the budgets of a model call can't be checked. The run returns to the queue: the agent has not
 * failed.
 */
export class SpendingUnavailable extends Error {
  constructor(cause: unknown) {
    const why = cause instanceof Error ? cause.message : String(cause)
    super(`The budgets of a model call can’t be checked: ${why}`, { cause })
    this.name = 'SpendingUnavailable'
  }
}

/** Whether an error or one of its causes is a SpendingUnavailable. LangChain wraps the errors of a middleware. */
export const isSpendingUnavailable = (error: unknown): boolean =>
  causesOf(error).some((cause) => cause instanceof SpendingUnavailable)
