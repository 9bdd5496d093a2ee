import { causesOf } from './causes-of.ts'
import { LeaseLost } from './leased-saver.ts'

/** The database can't be reached, so a tool call can't be recorded. The run returns to the queue: the agent has not failed. */
export class LedgerUnavailable extends Error {
  constructor(cause: unknown) {
    super('The record of tool calls can not be reached: the database is away.', { cause })
    this.name = 'LedgerUnavailable'
  }
}

/** The error, or its cause, for which the ledger recorded nothing although the agent has not failed. LangChain wraps what a middleware throws. */
export const ledgerTrouble = (error: unknown): LedgerUnavailable | LeaseLost | undefined =>
  causesOf(error).find((cause) => cause instanceof LedgerUnavailable || cause instanceof LeaseLost)
