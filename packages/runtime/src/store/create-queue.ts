import type pg from 'pg'
import { PgBoss } from 'pg-boss'
import { queueDatabase } from './queue-database.ts'
import { queueSchema } from './run-queue.ts'

/** Minimum time between two searches for leases that ran out (see Heartbeat), in seconds. */
const sweepSeconds = 1
/** Minimum time between two deletions of what pg-boss no longer needs, in seconds. */
const clearSeconds = 300

/** The queue of runs: pg-boss on the server's own connections. */
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
