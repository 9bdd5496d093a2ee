import { setTimeout as pause } from 'node:timers/promises'

/**
 * Maximum wait of a migration for a lock in milliseconds, below PostgreSQL's `deadlock_timeout` of 1 s: the migration fails before PostgreSQL chooses
 * a server's transaction as the victim of a deadlock.
 */
export const lockWaitMs = 500
const betweenTriesMs = 200
/**
 * Maximum time in milliseconds for which a migration is retried while other transactions hold its locks; after that, PostgreSQL's own error ends the
 * migration.
 */
const lockedWithinMs = 10 * 60_000

/** Whether an error of PostgreSQL is a lock timeout (55P03) or a deadlock (40P01). */
const isLockTrouble = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === '55P03' || error.code === '40P01')

/** Executes the work of a migration, and retries it while locks of other transactions make it fail. */
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
