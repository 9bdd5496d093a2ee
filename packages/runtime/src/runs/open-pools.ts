import { within } from '@hadal/middleware/within'
import type { ContainerVariables } from '@hadal/platform/container-variables'
import { loopsPoolSize } from '@hadal/platform/database-roles'
import type pg from 'pg'
import type { Logger } from 'pino'
import { DatabasePool } from '../store/database-pool.ts'
import { rolesAreSeparate } from '../store/database-roles.ts'
import { databaseTls } from '../store/database-tls.ts'
import type { PreparedStatements } from '../store/prepared-statements.ts'
import type { Seals } from '../store/sealing/seals.ts'
import { onePool, separatePools, type TenantPools } from '../store/tenant-pools.ts'
import { connectionsWithout } from './suspects/suspect-connections.ts'

/** Maximum time in milliseconds for which the end of the process waits for database connections that are in use. */
const poolEndWithinMs = 2_000

/** The connection pools of a process. */
export interface OpenPools {
  readonly pool: DatabasePool
  readonly pools: TenantPools
  /** Connections of the loops that serve all tenants. The same as `pool` if the process has one database role. */
  readonly loops: pg.Pool
  /** Whether row-level security separates the tenants in `pools`. */
  readonly separate: boolean
  close(): Promise<void>
}

/**
 * Opens the connection pools of a process.
 *
 * @param part `listens`: whether the process has loops that serve all tenants
 */
export function openPools(
  variables: ContainerVariables,
  part: {
    readonly applicationName: string
    readonly connections: { readonly size: number; readonly overflow: number }
    readonly listens: boolean
  },
  prepared: PreparedStatements,
  seals: Seals | undefined,
  log: Logger,
): OpenPools {
  const separate = rolesAreSeparate(variables)
  const open = (url: string, connections: { readonly size: number; readonly overflow: number }, name: string) =>
    new DatabasePool(
      {
        connectionString: url,
        tls: databaseTls(variables),
        ...connections,
        timeoutSeconds: variables.DATABASE_POOL_TIMEOUT_SECONDS,
        recycleSeconds: variables.DATABASE_POOL_RECYCLE_SECONDS,
        prePing: variables.DATABASE_POOL_PRE_PING,
        statementTimeoutSeconds: variables.DATABASE_STATEMENT_TIMEOUT_SECONDS,
        applicationName: name,
        prepared,
        seals,
      },
      (error) => log.warn({ err: error }, 'database_connection_lost'),
    )
  const hasLoops = separate && part.listens
  const connections = hasLoops ? connectionsWithout(part.connections, loopsPoolSize) : part.connections
  const pool = open(variables.DATABASE_URL, connections, part.applicationName)
  const loops = hasLoops
    ? open(
        variables.DATABASE_LOOPS_URL ?? variables.DATABASE_URL,
        { size: 1, overflow: loopsPoolSize - 1 },
        `${part.applicationName} loops`,
      )
    : pool
  return {
    pool,
    pools: separate ? separatePools(pool) : onePool(pool),
    loops,
    separate,
    // A statement without an answer keeps its connection for up to 30 s, which must not delay the end of the process.
    async close() {
      await within(Promise.all([pool.end(), ...(loops === pool ? [] : [loops.end()])]), poolEndWithinMs)
    },
  }
}

/**
 * Address of the connection that listens: the database server without a pooler. If the roles are separate, with the role of the loops, because the
 * connection also looks for waiting runs of all tenants.
 */
export function listenerAddress(variables: ContainerVariables): string {
  const { DATABASE_URL, DATABASE_DIRECT_URL = DATABASE_URL, DATABASE_LOOPS_URL } = variables
  if (DATABASE_LOOPS_URL === undefined || !rolesAreSeparate(variables)) return DATABASE_DIRECT_URL
  const [address, { username, password }] = [new URL(DATABASE_DIRECT_URL), new URL(DATABASE_LOOPS_URL)]
  address.username = username
  address.password = password
  return address.href
}
