import type { Queryable } from '../transaction.ts'
import { internalEvents } from './run-events.ts'
import type { RunStatus } from './run-rows.ts'

/** Status of a run and, once the run is over, its error and its output. */
export interface RunResult {
  readonly status: RunStatus
  readonly error: unknown
  /** Last values of the run as JSON text; null if the run is not over, or ended without values. */
  readonly output: string | null
}

/** Reads the result of a run in one statement; undefined if the run does not exist. */
export async function findResult(database: Queryable, runId: string): Promise<RunResult | undefined> {
  const { rows } = await database.query<RunResult>(
    `SELECT run.status, run.error, output.data AS output FROM hadal.run AS run
     LEFT JOIN LATERAL (
       SELECT data FROM hadal.run_event WHERE run_id = run.run_id AND event = '${internalEvents.output}' ORDER BY sequence DESC LIMIT 1
     ) AS output ON run.status NOT IN ('pending', 'running')
     WHERE run.run_id = $1`,
    [runId],
  )
  return rows[0]
}
