import pg from 'pg'
import { SchemaChanged } from './schema-changed.ts'
import { needsTenant } from './setting-tenant.ts'

/** Lends connections on which row-level security shows the rows of one tenant only. */
export interface TenantPools {
  of(tenant: string): pg.Pool
}

/** The pools of a process whose database role owns the tables, so that row-level security does not apply to it: one pool for all tenants. */
export const onePool = (pool: pg.Pool): TenantPools => ({ of: () => pool })

/**
 * The pools of a process whose database role sees only rows of the tenant that its transaction has set. Each statement outside a transaction gets a
 * transaction of its own, unless it sets the tenant itself. All pools lend connections of the given one.
 */
export function separatePools(pool: pg.Pool): TenantPools {
  const pools = new Map<string, pg.Pool>()
  return {
    of(tenant) {
      const known = pools.get(tenant) ?? poolOf(pool, tenant)
      pools.set(tenant, known)
      return known
    },
  }
}

/** SQL that begins a transaction of a tenant, as one message: a tenant that is set in a statement of its own would cost a round trip. */
export const beginOfTenant = (statement: string, tenant: string): string =>
  `${statement}; SELECT set_config('hadal.tenant', ${pg.escapeLiteral(tenant)}, true)`

function poolOf(pool: pg.Pool, tenant: string): pg.Pool {
  const connect = async (): Promise<pg.PoolClient> => clientOf(await pool.connect(), tenant)
  const query = async (text: string, values?: unknown[]): Promise<pg.QueryResult> => {
    if (!needsTenant(text)) return pool.query(text, values)
    const client = await pool.connect()
    try {
      return await inTransaction(client, tenant, text, values)
    } finally {
      client.release()
    }
  }
  return replacing(pool, { connect, query })
}

/** Returns a connection whose transactions begin with the tenant. */
function clientOf(client: pg.PoolClient, tenant: string): pg.PoolClient {
  let isOpen = false
  const query = async (text: string, values?: unknown[]): Promise<pg.QueryResult> => {
    if (/^BEGIN\b/.test(text)) {
      isOpen = true
      return client.query(beginOfTenant(text, tenant))
    }
    if (/^(COMMIT|ROLLBACK)$/.test(text)) isOpen = false
    return isOpen || !needsTenant(text) ? client.query(text, values) : inTransaction(client, tenant, text, values)
  }
  return replacing(client, { query })
}

/** Executes a statement in a transaction of its own. If a migration changed a table meanwhile, it is executed once more, as without a transaction. */
async function inTransaction(
  client: pg.PoolClient,
  tenant: string,
  text: string,
  values: unknown[] | undefined,
  isRepeated = false,
): Promise<pg.QueryResult> {
  await client.query(beginOfTenant('BEGIN', tenant))
  try {
    const result = await client.query(text, values)
    await client.query('COMMIT')
    return result
  } catch (error) {
    // On a lost connection, which the pool replaces, the rollback fails too.
    await client.query('ROLLBACK').catch(() => {})
    if (!(error instanceof SchemaChanged) || isRepeated) throw error
  }
  return inTransaction(client, tenant, text, values, true)
}

/** Returns an object with other methods in place of some of its own. */
function replacing<Target extends object>(target: Target, methods: Readonly<Record<string, unknown>>): Target {
  return new Proxy(target, {
    get(from, property) {
      if (typeof property === 'string' && property in methods) return methods[property]
      const value: unknown = Reflect.get(from, property)
      return typeof value === 'function' ? value.bind(from) : value
    },
  })
}
