import { setTimeout as pause } from 'node:timers/promises'

const betweenTriesMs = 200
/** A table that is locked for longer than this ends the migration with PostgreSQL's own error. */
const lockedWithinMs = 10 * 60_000

/** SQLSTATE of a lock that did not come in time, and of a deadlock. */
const isLockTrouble = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '55P03' || error.code === '40P01')

/** Does the work, and does it again for as long as it fails because of another transaction's locks. */
export async function retryWhileLocked<Result>(work: () => Promise<Result>): Promise<Result> {
  const giveUpAt = Date.now() + lockedWithinMs
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isLockTrouble(error) || Date.now() > giveUpAt) throw error
      await pause(betweenTriesMs)
    }
  }
}
