import { DatabaseUnavailable } from './database-pool.ts'
import { SchemaChanged } from './schema-changed.ts'

/**
 * SQLSTATEs that mean that the server could not execute a valid statement: the classes 08 connection, 53 insufficient resources, 57 operator
 * intervention (restart, failover, cancelled) and 58 system error; 25006, the server became a read-only replica; and three errors that another
 * transaction causes: 40001 serialization failure, 40P01 deadlock, 55P03 lock not available.
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

/** Connection errors of `pg` that have a message but no code. */
const pgWords =
  /^(Query read timeout|Connection terminated|Client has encountered a connection error|Client was closed|Cannot use a pool after)/

/**
 * Whether an error means that the database is unavailable, slow, out of resources or being migrated, so that the same statement may succeed later.
 */
export function isConnectionTrouble(error: unknown): boolean {
  if (error instanceof DatabaseUnavailable || error instanceof SchemaChanged) return true
  if (!(error instanceof Error)) return false
  if (pgWords.test(error.message)) return true
  return (
    'code' in error && typeof error.code === 'string' && (troubleState.test(error.code) || nodeCodes.has(error.code))
  )
}
