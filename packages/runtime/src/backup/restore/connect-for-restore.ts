import pg from 'pg'
import { databaseConnection, type VerifiedTls, whyNoConnection } from '../../store/database-connection.ts'
import { DatabaseUnavailable } from '../../store/database-pool.ts'
import type { DatabaseRoles } from '../../store/grant-roles.ts'

export interface DatabaseOfRestore {
  /** Address with the role that owns the tables; not of a pooler. */
  readonly url: string
  readonly tls: VerifiedTls | undefined
  /** Roles of the server, which get their rights. Default: the role of the address. */
  readonly roles?: DatabaseRoles | undefined
}

/** Connects to the database of a restore. @throws DatabaseUnavailable if it can't be reached */
export async function connectForRestore({ url, tls }: DatabaseOfRestore): Promise<pg.Client> {
  const client = new pg.Client({ ...databaseConnection(url, tls), application_name: 'hadal restore', keepAlive: true })
  client.on('error', () => {})
  await client.connect().catch((error: Error) => {
    throw new DatabaseUnavailable(`The database can't be reached: ${whyNoConnection(error)}`, error)
  })
  // The last commit makes all earlier ones durable. Row-level security would hide rows from a role that does not own the tables.
  await client.query('SET synchronous_commit = off; SET row_security = off; SET statement_timeout = 0')
  // PostgreSQL compresses long values by pglz, which takes a fifth of its CPU in a restore. lz4 is faster, and a server that is built with lz4 reads both forms.
  await client.query(
    `SELECT set_config(name, 'lz4', false) FROM pg_settings WHERE name = 'default_toast_compression' AND 'lz4' = ANY (enumvals)`,
  )
  return client
}
