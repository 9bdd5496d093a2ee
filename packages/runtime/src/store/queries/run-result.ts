import { SealError } from '../sealing/sealer.ts'
import { sealsOf } from '../sealing/seals.ts'
import type { Queryable } from '../transaction.ts'
import { internalEvents, openedData } from './run-events.ts'
import { openedRun, type RunStatus } from './run-rows.ts'

/** Status of a run and, once the run is over, its error and its output. */
export interface RunResult {
  readonly status: RunStatus
  readonly error: unknown
  /** Last values of the run as JSON text; null if the run is not over, or ended without values. */
  readonly output: string | null
}

/** Reads the result of a run in one statement; undefined if the run does not exist. */
export async function findResult(database: Queryable, tenant: string, runId: string): Promise<RunResult | undefined> {
  const { rows } = await database.query<
    RunResult & { readonly run_id: string; readonly tenant: string; readonly sequence: number | null }
  >(
    `SELECT run.run_id, run.tenant, run.status, run.error, output.sequence, output.data AS output FROM hadal.run AS run
     LEFT JOIN LATERAL (
       SELECT sequence, data FROM hadal.run_event WHERE run_id = run.run_id AND event = '${internalEvents.output}' ORDER BY sequence DESC LIMIT 1
     ) AS output ON run.status NOT IN ('pending', 'running')
     WHERE run.run_id = $1 AND run.tenant = $2`,
    [runId, tenant],
  )
  const [row] = rows
  if (!row) return undefined
  const { sequence, output } = row
  try {
    const { status, error } = openedRun(database, row)
    if (output === null || sequence === null) return { status, error, output: null }
    const written = { sequence, event: internalEvents.output, data: output }
    return { status, error, output: openedData(sealsOf(database), { tenant, runId }, written) }
  } catch (trouble) {
    // A client that waits already has the status 200: it gets the reason in place of the result.
    if (!(trouble instanceof SealError)) throw trouble
    return { status: 'error', error: { error: trouble.name, message: trouble.message }, output: null }
  }
}
