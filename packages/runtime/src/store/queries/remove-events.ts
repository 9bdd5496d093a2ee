import type { Queryable } from '../transaction.ts'
import { internalEvents } from './run-events.ts'

/** Version of the migration from whose time on events have an age: events of older runs are as old as the migration. */
const since = 11

/** Common table expression with the time until which events are due; `$1` is the number of minutes for which they stay. */
const time = `time AS (
       SELECT now() - $1 * interval '1 minute' AS until,
         (SELECT applied_at FROM hadal.migration WHERE version = ${since}) AS since)`
/** FROM and WHERE clause of the runs whose events are due. */
const dueRuns = `FROM time, hadal.run AS run JOIN hadal.thread AS thread USING (thread_id)
       WHERE run.ended_at < time.until AND time.since < time.until AND run.events_removed IS NULL
         AND thread.status IN ('idle', 'error')
         AND (SELECT newest.ended_at FROM hadal.run AS newest WHERE newest.thread_id = run.thread_id
           ORDER BY newest.created_at DESC LIMIT 1) < time.until`

/** Number and size of events that are due for removal. */
export interface DueEvents {
  readonly runs: number
  /** Number of rows of the event log. */
  readonly rows: number
  readonly bytes: number
  /** Time at which the first of their runs ended; null if none is due. */
  readonly oldest: Date | null
}

/** Returns what {@link removeEvents} would remove now. The last events of each run, which stay, are counted too. */
export async function dueEvents(database: Queryable, minutes: number): Promise<DueEvents> {
  const { rows } = await database.query<DueEvents>(
    `WITH ${time}, due AS (SELECT run.run_id, run.ended_at ${dueRuns})
     SELECT count(DISTINCT due.run_id)::float8 AS runs, count(event.run_id)::float8 AS rows,
       coalesce(sum(pg_column_size(event.data)), 0)::float8 AS bytes, min(due.ended_at) AS oldest
     FROM due LEFT JOIN hadal.run_event AS event USING (run_id)`,
    [minutes],
  )
  return rows[0] ?? { runs: 0, rows: 0, bytes: 0, oldest: null }
}

/**
 * Removes the events of runs whose threads came to rest some time ago, of up to `runs` runs. A thread that waits for an answer is not at rest. What
 * the run ended with stays: its output and its error, with their numbers.
 *
 * @param minutes time in minutes for which events stay after their thread came to rest
 * @returns numbers of runs and of removed rows
 */
export async function removeEvents(
  database: Queryable,
  { minutes, runs }: { readonly minutes: number; readonly runs: number },
): Promise<{ readonly runs: number; readonly rows: number }> {
  const { rows } = await database.query<{ runs: number; rows: number }>(
    `WITH ${time},
     due AS MATERIALIZED (
       SELECT run.run_id ${dueRuns}
       ORDER BY run.ended_at LIMIT $2 FOR UPDATE OF run SKIP LOCKED),
     kept AS MATERIALIZED (
       SELECT DISTINCT ON (run_id, event) run_id, sequence FROM hadal.run_event JOIN due USING (run_id)
       WHERE event IN ('${internalEvents.output}', 'error') ORDER BY run_id, event, sequence DESC),
     marked AS (
       UPDATE hadal.run SET events_removed = coalesce(
         (SELECT min(kept.sequence) - 1 FROM kept WHERE kept.run_id = run.run_id),
         (SELECT max(event.sequence) FROM hadal.run_event AS event WHERE event.run_id = run.run_id), 0)
       FROM due WHERE run.run_id = due.run_id RETURNING 1),
     removed AS (
       DELETE FROM hadal.run_event AS event USING due WHERE event.run_id = due.run_id
         AND NOT EXISTS (SELECT FROM kept WHERE kept.run_id = event.run_id AND kept.sequence = event.sequence) RETURNING 1)
     SELECT (SELECT count(*) FROM marked)::int AS runs, (SELECT count(*) FROM removed)::int AS rows`,
    [minutes, runs],
  )
  return rows[0] ?? { runs: 0, rows: 0 }
}
