import pg from 'pg'
import { connectionAsPool } from './connection-as-pool.ts'
import { databaseConnection, type VerifiedTls, whyNoConnection } from './database-connection.ts'
import { DatabaseUnavailable } from './database-pool.ts'
import type { DatabaseRoles } from './grant-roles.ts'
import { buildLargeIndexes, lockMigrations, migrateTables, secureTables } from './migrate-tables.ts'
import { requireCompleteDatabase } from './queries/unfinished-restore.ts'
import { rollAudit } from './roll-audit.ts'
import { openVectorTable } from './vector-table.ts'

/**
 * Migrates the database to this release: the tables of the checkpointer, the schema of pg-boss and our own tables. Migrations are forward-only, and
 * a migrated database is not changed. Several processes may call it at the same time: a lock lets one migrate at a time.
 *
 * @param directUrl address of the database server with the role that owns the tables; not of a pooler, which would break the lock
 * @param tls default: the TLS parameters of the address
 * @param vectorDims dimensions of the vectors of the store's items; undefined without semantic search. Their table is created if the database has
 *   pgvector
 * @param roles roles of the server, which get their rights; default: the role of the address, which owns the tables
 * @param auditDays age in days from which months of the audit are removed; undefined to keep them
 * @returns names of our own migrations that this call applied
 * @throws Error if a restore into the database has not ended
 */
export async function migrate(
  directUrl: string,
  tls?: VerifiedTls,
  vectorDims?: number,
  roles?: DatabaseRoles,
  auditDays?: number,
): Promise<readonly string[]> {
  const connection = databaseConnection(directUrl, tls)
  const client = new pg.Client({ ...connection, application_name: 'hadal migrate', keepAlive: true })
  client.on('error', () => {})
  await client.connect().catch((error: Error) => {
    throw new DatabaseUnavailable(`The database can't be reached: ${whyNoConnection(error)}`, error)
  })
  try {
    await lockMigrations(client)
    await requireCompleteDatabase(client)
    const ran = await migrateTables(client)
    await rollAudit(client, auditDays)
    await buildLargeIndexes(client)
    if (vectorDims !== undefined) await openVectorTable(connectionAsPool(client), vectorDims)
    await secureTables(client, roles)
    return ran
  } finally {
    await client.end()
  }
}
