import type { Environment } from '@hadal/platform/environment'
import { largestScaleOut } from '@hadal/platform/largest-scale-out'

export interface ConnectionLimits {
  /** Of the whole database: what the server grants this environment. */
  readonly database: number
  /** The rest: pools, listeners and all Jobs but migrations. */
  readonly application: number
  /** Migrations, which must get in when every pool is full. */
  readonly owner: number
  /** On the replicas, which count for themselves: the pods' pools. */
  readonly reader: number
}

/** Connections of each role, so that no environment takes another's. The same arithmetic refuses an environment that needs more. */
export function connectionLimits(environment: Environment): ConnectionLimits {
  const { maxConnections, pool } = environment.postgres
  const { parts } = largestScaleOut(environment)
  const podsOf = (...wanted: readonly string[]) =>
    parts.filter(({ part }) => wanted.includes(part)).reduce((all, { pods }) => all + pods, 0)
  const owner = podsOf('migrate')
  const pools = podsOf('server', 'worker') * (pool.size + pool.overflow)
  return {
    database: maxConnections,
    application: maxConnections - owner,
    owner,
    reader: Math.min(pools, maxConnections),
  }
}
