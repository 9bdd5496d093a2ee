import { DatabaseUnavailable } from './database-pool.ts'

/**
 * SQLSTATE classes that say that the server could not serve, not that the statement was wrong: 08 connection, 53 out of resources,
 * 57 operator intervention (restart, failover, cancelled), 58 system error; 25006, a server that became a read-only replica; and the three that
 * another transaction caused: 40001 serialization failure, 40P01 deadlock, 55P03 lock not available.
 */
const troubleState = /^(08|53|57|58)|^(25006|40001|40P01|55P03)$/

const nodeCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
])

/** What `pg` says in words only. */
const pgWords =
  /^(Query read timeout|Connection terminated|Client has encountered a connection error|Client was closed|Cannot use a pool after)/

/** Whether an error means that the database is away, slow or out of room, so that the same work may succeed later. */
export function isConnectionTrouble(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable) return true
  if (!(error instanceof Error)) return false
  if (pgWords.test(error.message)) return true
  return (
    'code' in error && typeof error.code === 'string' && (troubleState.test(error.code) || nodeCodes.has(error.code))
  )
}
