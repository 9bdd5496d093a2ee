import type pg from 'pg'
import { lockWaitMs, retryWhileLocked } from './retry-while-locked.ts'

/** Executes statements without parameters in one transaction, and retries them while locks of other transactions make them fail. */
export function applyStatements(client: pg.Client, statements: readonly string[]): Promise<void> {
  return retryWhileLocked(async () => {
    const all = [`SET LOCAL lock_timeout = ${lockWaitMs}`, ...statements]
    await client.query(`BEGIN; ${all.join('; ')}; COMMIT`).catch(async (error: unknown) => {
      await client.query('ROLLBACK')
      throw error
    })
  })
}
