import type { Queryable } from '../transaction.ts'
import { internalEvents } from './run-events.ts'
import type { RunStatus } from './run-rows.ts'

/** What a process has seen of a run that it follows; undefined before its first look. */
export interface SeenRun {
  readonly runId: string
  /** Status of the run; null if the run does not exist. */
  readonly status: RunStatus | null | undefined
  /** Sequence number of the run's newest event; 0 if it has none. */
  readonly sequence: number | undefined
}

/** Returns those of the given runs whose status or newest event differs from what was seen, as they are now. */
export async function changedRuns(
  database: Queryable,
  seen: readonly SeenRun[],
): Promise<{ runId: string; status: RunStatus | null; sequence: number }[]> {
  const { rows } = await database.query<{ runId: string; status: RunStatus | null; sequence: number }>(
    `SELECT seen.run_id AS "runId", run.status, coalesce(newest.sequence, 0) AS sequence
     FROM unnest($1::uuid[], $2::text[], $3::int[]) AS seen (run_id, status, sequence)
     LEFT JOIN hadal.run AS run ON run.run_id = seen.run_id
     LEFT JOIN LATERAL (
       SELECT event.sequence FROM hadal.run_event AS event WHERE event.run_id = run.run_id AND event.event <> '${internalEvents.mark}' ORDER BY event.sequence DESC LIMIT 1) AS newest ON true
     WHERE (coalesce(run.status, 'gone'), coalesce(newest.sequence, 0)) IS DISTINCT FROM (seen.status, seen.sequence)`,
    [
      seen.map(({ runId }) => runId),
      seen.map(({ status }) => (status === null ? 'gone' : status)),
      seen.map(({ sequence }) => sequence),
    ],
  )
  return rows
}
