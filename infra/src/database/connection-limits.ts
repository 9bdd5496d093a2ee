import type { Environment } from '@hadal/platform/environment'
import { largestScaleOut } from '@hadal/platform/largest-scale-out'

export interface ConnectionLimits {
  /** Connection limit of the database: all connections that the server allows this environment. */
  readonly database: number
  /** Connection limit of the application role: pools, listeners and all Jobs except migrations. */
  readonly application: number
  /** Connection limit of the owner role, for migrations, which must be able to connect when all pools are full. */
  readonly owner: number
}

/**
 * Computes the connection limits of each role, so that no environment can use the connections of another. The invariant `databaseConnections`
 * rejects an environment that needs more.
 */
export function connectionLimits(environment: Environment): ConnectionLimits {
  const { maxConnections } = environment.postgres
  const { parts } = largestScaleOut(environment)
  const owner = parts.filter(({ part }) => part === 'migrate').reduce((all, { pods }) => all + pods, 0)
  return { database: maxConnections, application: maxConnections - owner, owner }
}
