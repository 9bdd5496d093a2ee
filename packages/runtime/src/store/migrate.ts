import { setTimeout as pause } from 'node:timers/promises'
import { PostgresSaver } from '@langchain/langgraph-checkpoint-postgres'
import pg from 'pg'
import { PgBoss } from 'pg-boss'
import { buildLargeIndex } from './build-large-index.ts'
import { connectionAsPool } from './connection-as-pool.ts'
import { databaseConnection, type VerifiedTls, whyNoConnection } from './database-connection.ts'
import { DatabaseUnavailable } from './database-pool.ts'
import { largeIndexes } from './migrations/large-indexes.ts'
import { type Migration, migrations } from './migrations/migrations.ts'
import { queueDatabase } from './queue-database.ts'
import { retryWhileLocked } from './retry-while-locked.ts'
import { deadRunQueue, leaseSeconds, queueSchema, runQueue } from './run-queue.ts'

/** Any number that nothing else in the database locks. */
const migrationLock = 4_819_237_001

/** Below PostgreSQL's `deadlock_timeout` of 1 s: the migration gives way before a server's transaction is chosen as a deadlock's victim. */
const lockWaitMs = 500
const betweenTriesMs = 200

/** pg-boss keeps finished jobs for so long; the truth about a run stands in our own table. */
const keepFinishedJobsSeconds = 3_600
const longestQueueSeconds = 365 * 86_400

/**
 * Brings the database to the version of this program: the checkpointer's tables, pg-boss' schema, our own. Forward only, and nothing when it
 * is there already. Any number of processes may do it at once: a lock lets one after the other.
 *
 * @param directUrl the server itself; a pooler would break the lock
 * @param tls without it, as the address says
 * @returns names of our own migrations that ran now
 */
export async function migrate(directUrl: string, tls?: VerifiedTls): Promise<readonly string[]> {
  const connection = databaseConnection(directUrl, tls)
  const client = new pg.Client({ ...connection, application_name: 'hadal migrate', keepAlive: true })
  client.on('error', () => {})
  await client.connect().catch((error: Error) => {
    throw new DatabaseUnavailable(`The database can't be reached: ${whyNoConnection(error)}`, error)
  })
  try {
    await lockMigrations(client)
    await new PostgresSaver(connectionAsPool(client)).setup()
    await migrateQueue(client)
    const ran = await migrateOwnTables(client)
    for (const index of largeIndexes) await buildLargeIndex(client, index)
    return ran
  } finally {
    await client.end()
  }
}

/**
 * Waits for the lock that one migration at a time holds, until the connection ends. It asks again and again: a statement that waits in the
 * database holds a snapshot, for which CREATE INDEX CONCURRENTLY of the migration before it would wait in turn.
 */
async function lockMigrations(client: pg.Client): Promise<void> {
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
  // Without a listener an error would be thrown a second time, where nobody can catch it.
  boss.on('error', () => {})
  await boss.start()
  try {
    const options = {
      retryLimit: 1_000_000,
      retryDelay: 0,
      heartbeatSeconds: leaseSeconds,
      // A run's time limit is ours to enforce; this is the longest that pg-boss allows.
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

async function migrateOwnTables(client: pg.Client): Promise<readonly string[]> {
  await client.query('CREATE SCHEMA IF NOT EXISTS hadal')
  await client.query(
    'CREATE TABLE IF NOT EXISTS hadal.migration (version integer PRIMARY KEY, name text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())',
  )
  const { rows } = await client.query<{ version: number }>('SELECT version FROM hadal.migration')
  const applied = new Set(rows.map((row) => row.version))
  const ran: string[] = []
  for (const { version, name, sql } of migrations) {
    if (applied.has(version)) continue
    await applyMigration(client, { version, name, sql })
    ran.push(name)
  }
  return ran
}

/**
 * Applies one migration in a transaction. The servers of the release before go on meanwhile, so the migration waits for a lock only shortly: a
 * longer wait would hold up every statement behind it, and end in a deadlock whose victim is a run. It tries again until it finds a gap.
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
