import { hasSeparateRoles, loopsPoolSize } from '@hadal/platform/database-roles'
import type { Environment } from '@hadal/platform/environment'
import { largestScaleOut } from '@hadal/platform/largest-scale-out'

export interface ConnectionLimits {
  /** Connection limit of the database: all connections that the server allows this environment. */
  readonly database: number
  /** Connection limit of the application role: pools, listeners and all Jobs except migrations. */
  readonly application: number
  /** Connection limit of the role of the loops that serve all tenants. 0 if the application's role serves them. */
  readonly loops: number
  /** Connection limit of the owner role, for migrations, which must be able to connect when all pools are full. */
  readonly owner: number
  /** Connection limit of the reader role on the replicas, for the pods' pools. A replica counts its own connections. */
  readonly reader: number
}

/**
 * Computes the connection limits of each role, so that no environment can use the connections of another. The invariant `databaseConnections`
 * rejects an environment that needs more.
 */
export function connectionLimits(environment: Environment): ConnectionLimits {
  const { maxConnections, pool } = environment.postgres
  const { parts } = largestScaleOut(environment)
  const podsOf = (...wanted: readonly string[]) =>
    parts.filter(({ part }) => wanted.includes(part)).reduce((all, { pods }) => all + pods, 0)
  const owner = podsOf('migrate')
  const pods = podsOf('server', 'worker')
  const pools = pods * (pool.size + pool.overflow)
  const loops = hasSeparateRoles(environment) ? pods * loopsPoolSize : 0
  return {
    database: maxConnections,
    application: maxConnections - owner - loops,
    loops,
    owner,
    reader: Math.min(pools, maxConnections),
  }
}
