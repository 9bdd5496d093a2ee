import type { ContainerVariables } from '@hadal/platform/container-variables'
import type pg from 'pg'
import { backendOf } from './backend-of.ts'
import type { PreparedStatements } from './prepared-statements.ts'

type Setting = ContainerVariables['DATABASE_PREPARED_STATEMENTS']

const cost = 'PostgreSQL plans each statement at each execution, which is most of its work.'
const offBehindPooler =
  `Prepared statements are off: a connection pooler is between this server and PostgreSQL. ${cost} If the pooler supports prepared statements ` +
  '(PgBouncer since 1.21 with max_prepared_statements of at least 200), set DATABASE_PREPARED_STATEMENTS to "on".'
const offBySetting =
  `Prepared statements are off: DATABASE_PREPARED_STATEMENTS is "off". ${cost} Set it to "on" if DATABASE_URL is the address of PostgreSQL itself, ` +
  'or of a connection pooler that supports prepared statements (PgBouncer since 1.21 with max_prepared_statements of at least 200).'

/** Log message of a server whose setting is "on" behind a connection pooler that does not support prepared statements. */
export const unsupportedByPooler =
  'Prepared statements are now off: DATABASE_PREPARED_STATEMENTS is "on", but the connection pooler between this server and PostgreSQL does not ' +
  'support them. Set it to "off", or set max_prepared_statements of PgBouncer (since 1.21) to at least 200.'

/**
 * Enables the prepared statements of a pool, unless the setting or a connection pooler forbids it.
 *
 * @returns the reason if they are off
 */
export async function prepareStatements(
  pool: pg.Pool,
  prepared: PreparedStatements,
  setting: Setting,
): Promise<string | undefined> {
  if (setting === 'off') return offBySetting
  if (setting === 'auto' && (await isBehindPooler(pool))) return offBehindPooler
  prepared.enable()
  return undefined
}

/** Whether a connection pooler is between the pool and PostgreSQL: it gives its clients backend ids of its own. */
async function isBehindPooler(pool: pg.Pool): Promise<boolean> {
  const client = await pool.connect()
  try {
    const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
    return rows[0]?.pid !== backendOf(client)
  } finally {
    client.release()
  }
}
