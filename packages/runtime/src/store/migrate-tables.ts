import { setTimeout as pause } from 'node:timers/promises'
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import type pg from 'pg'
import { PgBoss } from 'pg-boss'
import { buildLargeIndex } from './build-large-index.ts'
import { connectionAsPool } from './connection-as-pool.ts'
import { type DatabaseRoles, grantRoles } from './grant-roles.ts'
import { migrationLock } from './migration-lock.ts'
import { largeIndexes } from './migrations/large-indexes.ts'
import { type Migration, migrations } from './migrations/migrations.ts'
import { protectTables } from './protect-tables.ts'
import { queueDatabase } from './queue-database.ts'
import { lockWaitMs, retryWhileLocked } from './retry-while-locked.ts'
import { deadRunQueue, leaseSeconds, queueSchema, runQueue } from './run-queue.ts'
import type { Queryable } from './transaction.ts'

const betweenTriesMs = 200

/** How long pg-boss keeps finished jobs, in seconds. The run's own table has its status. */
const keepFinishedJobsSeconds = 3_600
const longestQueueSeconds = 365 * 86_400

/**
 * Creates or migrates the tables of the checkpointer, the schema of pg-boss and our own tables, without the large indexes. The connection holds the
 * migration lock.
 *
 * @param upTo number of our last migration to apply; default: the newest
 * @returns names of our own migrations that this call applied
 */
export async function migrateTables(client: pg.Client, upTo?: number): Promise<readonly string[]> {
  await new PostgresSaver(connectionAsPool(client)).setup()
  await migrateQueue(client)
  return migrateOwnTables(client, upTo)
}

/** Builds the missing large indexes without blocking their tables. The connection holds the migration lock. */
export async function buildLargeIndexes(client: pg.Client): Promise<void> {
  for (const index of largeIndexes) await buildLargeIndex(client, index)
}

/**
 * Enables row-level security on all tables, and gives the roles of a server their rights. The connection holds the migration lock.
 *
 * @param roles default: the role of the connection, which owns the tables
 */
export async function secureTables(client: pg.Client, roles: DatabaseRoles | undefined): Promise<void> {
  await protectTables(client, roles && roles.application !== roles.loops ? roles.loops : undefined)
  if (roles) await grantRoles(client, roles)
}

/**
 * Waits for the migration lock, which the connection holds until it ends. It polls: a statement that waits in the database holds a snapshot, and
 * CREATE INDEX CONCURRENTLY of the current holder would wait for that snapshot.
 */
export async function lockMigrations(client: Queryable): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [
      migrationLock,
    ])
    if (rows[0]?.locked) return
    await pause(betweenTriesMs)
  }
}

async function migrateQueue(client: pg.Client): Promise<void> {
  const boss = new PgBoss({
    db: queueDatabase(client),
    schema: queueSchema,
    supervise: false,
    schedule: false,
    registerInstance: false,
  })
  // pg-boss also emits each error, and an 'error' event without a listener ends the process.
  boss.on('error', () => {})
  await boss.start()
  try {
    const options = {
      retryLimit: 1_000_000,
      retryDelay: 0,
      heartbeatSeconds: leaseSeconds,
      // The maximum of pg-boss: Hadal enforces the run's timeout itself.
      expireInSeconds: 86_399,
      retentionSeconds: longestQueueSeconds,
      deleteAfterSeconds: keepFinishedJobsSeconds,
    }
    if ((await boss.getQueue(deadRunQueue)) === null) {
      await boss.createQueue(deadRunQueue, { retentionSeconds: longestQueueSeconds })
    }
    if ((await boss.getQueue(runQueue)) === null) {
      await boss.createQueue(runQueue, { ...options, policy: 'key_strict_fifo' })
    } else {
      await boss.updateQueue(runQueue, options)
    }
  } finally {
    await boss.stop({ graceful: false, close: false })
  }
}

async function migrateOwnTables(client: pg.Client, upTo = Number.POSITIVE_INFINITY): Promise<readonly string[]> {
  await client.query('CREATE SCHEMA IF NOT EXISTS hadal')
  await client.query(
    'CREATE TABLE IF NOT EXISTS hadal.migration (version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
  )
  const { rows } = await client.query<{ version: number }>('SELECT version FROM hadal.migration')
  const applied = new Set(rows.map((row) => row.version))
  const ran: string[] = []
  for (const { version, name, sql } of migrations) {
    if (applied.has(version) || version > upTo) continue
    await applyMigration(client, { version, name, sql })
    ran.push(name)
  }
  return ran
}

/**
 * Applies one migration in a transaction. Servers of the previous release work at the same time, so each wait for a lock is short: a longer wait
 * would block all later statements on the table, and end in a deadlock whose victim is a run. A migration that could not get its locks is tried
 * again.
 */
async function applyMigration(client: pg.Client, { version, name, sql }: Migration): Promise<void> {
  await retryWhileLocked(async () => {
    await client.query('BEGIN')
    try {
      await client.query(`SET LOCAL lock_timeout = ${lockWaitMs}`)
      await client.query(sql)
      await client.query('INSERT INTO hadal.migration (version, name) VALUES ($1, $2)', [version, name])
      await client.query('COMMIT')
    } catch (error) {
      await client.query('ROLLBACK')
      throw error
    }
  })
}
