import { causesOf } from './causes-of.ts'
import { LeaseLost } from './leased-saver.ts'

/** Thrown if the database is unavailable, so that a tool call can't be recorded. The run returns to the queue: the agent has not failed. */
export class LedgerUnavailable extends Error {
  constructor(cause: unknown) {
    super('The tool call can’t be recorded: the database is unavailable. The run returns to the queue.', { cause })
    this.name = 'LedgerUnavailable'
  }
}

/**
 * Returns the error, or its cause, that prevented the ledger from recording a tool call without a failure of the agent. LangChain wraps the errors
 * of a middleware.
 */
export const ledgerTrouble = (error: unknown): LedgerUnavailable | LeaseLost | undefined =>
  causesOf(error).find((cause) => cause instanceof LedgerUnavailable || cause instanceof LeaseLost)
