import { type Lease, queueSchema, runQueue } from '../run-queue.ts'
import type { Queryable } from '../transaction.ts'

/**
 * Returns a claimed suspect run to the queue until a time. No attempt has begun. The next claim still gets a new attempt number: if this process
 * does not learn that the change was committed, it must not continue under a number that another process has.
 *
 * @param workerDeaths number of workers that died with the suspect's child process
 */
export async function delaySuspect(
  database: Queryable,
  { runId, attempt }: Lease,
  until: Date,
  workerDeaths: number,
): Promise<void> {
  await database.query(
    `UPDATE ${queueSchema}.job SET state = 'retry', start_after = $3, heartbeat_on = NULL
     WHERE name = '${runQueue}' AND id = $1 AND retry_count = $2 AND state = 'active'`,
    [runId, attempt, until],
  )
  await markSuspect(database, runId, { until, workerDeaths })
}

/** Returns the time of the database's clock, which also timestamps the attempts: the clocks of servers differ. */
export async function databaseTime(database: Queryable): Promise<Date> {
  const { rows } = await database.query<{ now: Date }>('SELECT clock_timestamp() AS now')
  return rows[0]?.now ?? new Date()
}

/**
 * Records for metrics whether a run is a suspect, i.e. may have killed its processes.
 *
 * @param suspicion undefined if the run is not a suspect
 */
export async function markSuspect(
  database: Queryable,
  runId: string,
  suspicion: { readonly until: Date; readonly workerDeaths: number } | undefined,
): Promise<void> {
  await database.query('UPDATE hadal.run SET suspect_until = $2, suspect_waits = $3 WHERE run_id = $1', [
    runId,
    suspicion?.until ?? null,
    suspicion?.workerDeaths ?? 0,
  ])
}

export interface SuspectRow {
  readonly run_id: string
  /** Number of workers that died with the run's child process. */
  readonly worker_deaths: number
}

/** Lists the pending and running suspect runs, those with the most worker deaths first. */
export async function listSuspects(database: Queryable): Promise<SuspectRow[]> {
  const { rows } = await database.query<SuspectRow>(
    `SELECT run_id, suspect_waits AS worker_deaths FROM hadal.run
     WHERE suspect_until IS NOT NULL AND status IN ('pending', 'running') ORDER BY suspect_waits DESC, created_at LIMIT 1000`,
  )
  return rows
}
