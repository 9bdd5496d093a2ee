import type pg from 'pg'
import { retryWhileLocked } from './retry-while-locked.ts'

/** Maximum wait for a lock in milliseconds: see `migrate.ts`. */
const lockWaitMs = 500

/** Executes statements without parameters in one transaction, and again if they could not get their locks in time. */
export function applyStatements(client: pg.Client, statements: readonly string[]): Promise<void> {
  return retryWhileLocked(async () => {
    const all = [`SET LOCAL lock_timeout = ${lockWaitMs}`, ...statements]
    await client.query(`BEGIN; ${all.join('; ')}; COMMIT`).catch(async (error: unknown) => {
      await client.query('ROLLBACK')
      throw error
    })
  })
}
