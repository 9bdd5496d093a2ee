import type pg from 'pg'
import { migratedTo } from '../../store/queries/migrated-to.ts'
import { unfinishedRestore } from '../../store/queries/unfinished-restore.ts'
import { tableClasses } from '../table-classes.ts'

/** A database into which a backup may be restored. */
export interface EmptyDatabase {
  /** Number of the newest migration that was applied; 0 if the database has no tables of Hadal. */
  readonly schemaVersion: number
  /** Whether it has tables of Hadal: those of a database that was only migrated, or of a restore that has not ended. */
  readonly hasTables: boolean
}

/** Rows that exist in a database that was never used, because the start of a server or a command writes them. */
const unused: Readonly<Record<string, string>> = {
  'hadal.assistant': 'system',
  'hadal.assistant_version': 'true',
  'hadal.sealing_key': 'true',
  'hadal.recovery_result': 'true',
}

/**
 * Checks that a database may be replaced by a backup: it has no rows, or only rows of a restore that has not ended, and no server is connected.
 *
 * @throws Error with one sentence that says what the database has
 */
export async function requireEmptyDatabase(client: pg.Client): Promise<EmptyDatabase> {
  await refuseConnectedServers(client)
  const { rows: schemas } = await client.query<{ exists: boolean }>(
    `SELECT to_regnamespace('hadal') IS NOT NULL OR to_regnamespace('hadal_audit') IS NOT NULL OR to_regnamespace('pgboss') IS NOT NULL
       OR to_regclass('public.checkpoints') IS NOT NULL AS exists`,
  )
  if (!schemas[0]?.exists) return { schemaVersion: 0, hasTables: false }
  if ((await unfinishedRestore(client)) !== undefined) return { schemaVersion: 0, hasTables: true }
  for (const [table, entry] of Object.entries({ ...tableClasses, 'pgboss.job': { class: 'kept' } })) {
    if (entry.class !== 'kept') continue
    const { rows: tables } = await client.query<{ exists: boolean }>('SELECT to_regclass($1) IS NOT NULL AS exists', [
      table,
    ])
    if (!tables[0]?.exists) continue
    const { rows } = await client.query<{ used: boolean }>(
      `SELECT EXISTS (SELECT FROM ${table} WHERE NOT (${unused[table] ?? 'false'})) AS used`,
    )
    if (rows[0]?.used) {
      throw new Error(
        `The database is not empty: ${table} has rows. Create a new database, and set DATABASE_URL, DATABASE_DIRECT_URL and DATABASE_OWNER_URL to it. To restore some threads into this one, use --threads.`,
      )
    }
  }
  return { schemaVersion: await migratedTo(client), hasTables: true }
}

/** @throws Error if programs of Hadal other than `migrate`, which waits, are connected to the database */
async function refuseConnectedServers(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT application_name AS name FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND application_name LIKE 'hadal %'
       AND application_name NOT IN ('hadal migrate', 'hadal restore') ORDER BY 1`,
  )
  if (rows.length === 0) return
  throw new Error(
    `Programs are connected to the database: ${rows.map(({ name }) => name).join(', ')}. Stop the servers first: scale their Deployments to 0.`,
  )
}

/** Drops all tables of Hadal, of its saver and of its queue, in one transaction. */
export async function dropTables(client: pg.Client): Promise<void> {
  const ofSaver = Object.keys(tableClasses).filter((name) => name.startsWith('public.'))
  await client.query(
    `BEGIN; DROP SCHEMA IF EXISTS hadal CASCADE; DROP SCHEMA IF EXISTS hadal_audit CASCADE; DROP SCHEMA IF EXISTS pgboss CASCADE; DROP TABLE IF EXISTS ${ofSaver.join(', ')} CASCADE; COMMIT`,
  )
}
