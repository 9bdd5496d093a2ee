import type pg from 'pg'
import { PgBoss } from 'pg-boss'
import { queueDatabase } from './queue-database.ts'
import { queueSchema } from './run-queue.ts'

/** Minimum time in seconds between two searches for expired leases (see Heartbeat). */
const sweepSeconds = 1
/** Minimum time in seconds between two times at which pg-boss deletes finished jobs. */
const clearSeconds = 300

/** Creates the queue of runs: pg-boss on the server's own connection pool. */
export function createQueue(pool: pg.Pool, onError: (error: unknown) => void): PgBoss {
  const boss = new PgBoss({
    db: queueDatabase(pool),
    schema: queueSchema,
    migrate: false,
    supervise: false,
    schedule: false,
    registerInstance: false,
    monitorIntervalSeconds: sweepSeconds,
    maintenanceIntervalSeconds: clearSeconds,
  })
  boss.on('error', onError)
  return boss
}
