import { type Scope, visible } from '../scope.ts'
import type { Queryable } from '../transaction.ts'
import { internalEvents } from './run-events.ts'
import type { RunStatus } from './run-rows.ts'

/** An entry of a thread's stream. Entries of a thread are committed in the order of their numbers, because each locks the thread. */
export type ThreadEntry =
  /** Kind of entry: a run that has started. */
  | { readonly kind: 'run'; readonly number: number; readonly runId: string }
  /** Kind of entry: a checkpoint with which a client wrote the state. The last one, if the client wrote several at once. */
  | { readonly kind: 'update'; readonly number: number; readonly checkpointId: string; readonly checkpointNs: string }

/** Which entries a stream of a thread has. */
export interface WantedEntries {
  readonly runs: boolean
  readonly updates: boolean
}

const isUpdate = "metadata->>'source' = 'update'"

/**
 * Returns the first entry of a thread's stream from a number on.
 *
 * @returns `none` if there is no such entry yet; undefined if the thread does not exist or is not visible any more
 */
export async function nextThreadEntry(
  database: Queryable,
  scope: Scope,
  threadId: string,
  from: number,
  wanted: WantedEntries,
): Promise<ThreadEntry | 'none' | undefined> {
  const values: unknown[] = [threadId, from, wanted.runs, wanted.updates]
  const { rows } = await database.query<{
    number: number | null
    runId: string | null
    checkpointId: string | null
    checkpointNs: string | null
  }>(
    `SELECT entry.number::float8 AS number, entry.run_id AS "runId", entry.checkpoint_id AS "checkpointId", entry.checkpoint_ns AS "checkpointNs"
     FROM hadal.thread AS thread LEFT JOIN LATERAL (
       (SELECT start_number AS number, run_id, NULL AS checkpoint_id, NULL AS checkpoint_ns FROM hadal.run
        WHERE $3 AND thread_id = thread.thread_id AND start_number >= $2 ORDER BY start_number LIMIT 1)
       UNION ALL
       (SELECT hadal_sequence, NULL, checkpoint_id, checkpoint_ns FROM public.checkpoints
        WHERE $4 AND thread_id = thread.thread_id::text AND hadal_sequence >= $2 AND ${isUpdate}
        ORDER BY hadal_sequence, checkpoint_id DESC LIMIT 1)
       ORDER BY number LIMIT 1) AS entry ON true
     WHERE thread.thread_id = $1 AND ${visible(scope, values)}`,
    values,
  )
  const [row] = rows
  if (!row) return undefined
  const { number, runId, checkpointId, checkpointNs } = row
  if (number === null) return 'none'
  if (runId !== null) return { kind: 'run', number, runId }
  return { kind: 'update', number, checkpointId: checkpointId ?? '', checkpointNs: checkpointNs ?? '' }
}

/** The newest entry of a thread's stream. */
export interface NewestEntry {
  /** Number of the entry; 0 if the stream has none. */
  readonly number: number
  /** Status of the run; null if the entry is no run. */
  readonly status: RunStatus | null
  /** Sequence number of the run's newest event; 0 if it has none. */
  readonly sequence: number
}

/** Returns the newest entry of a thread's stream; undefined if the thread does not exist. */
export async function newestThreadEntry(
  database: Queryable,
  scope: Scope,
  threadId: string,
  wanted: WantedEntries,
): Promise<NewestEntry | undefined> {
  const values: unknown[] = [threadId, wanted.runs, wanted.updates]
  const { rows } = await database.query<NewestEntry>(
    `SELECT coalesce(entry.number, 0)::float8 AS number, entry.status,
       coalesce((SELECT max(sequence) FROM hadal.run_event AS event
         WHERE event.run_id = entry.run_id AND event.event <> '${internalEvents.mark}'), 0) AS sequence
     FROM hadal.thread AS thread LEFT JOIN LATERAL (
       (SELECT start_number AS number, run_id, status FROM hadal.run
        WHERE $2 AND thread_id = thread.thread_id AND start_number IS NOT NULL ORDER BY start_number DESC LIMIT 1)
       UNION ALL
       (SELECT max(hadal_sequence), NULL, NULL FROM public.checkpoints
        WHERE $3 AND thread_id = thread.thread_id::text AND ${isUpdate})
       ORDER BY number DESC NULLS LAST LIMIT 1) AS entry ON true
     WHERE thread.thread_id = $1 AND ${visible(scope, values)}`,
    values,
  )
  return rows[0]
}

/** Returns the highest number that an entry of any thread's stream has. */
export async function highestEntryNumber(database: Queryable): Promise<number> {
  const { rows } = await database.query<{ number: number }>(
    'SELECT last_value::float8 AS number FROM hadal.checkpoint_sequence',
  )
  return rows[0]?.number ?? 0
}

/** What a process has seen of a thread that it follows; undefined before its first look. */
export interface SeenThread {
  readonly threadId: string
  /** Number of the newest run that has started and the time of the newest state, as one text; `gone` if the thread does not exist. */
  readonly mark: string | undefined
}

/** Returns those of the given threads on which a run has started, or whose state was written, since they were seen. */
export async function changedThreads(
  database: Queryable,
  seen: readonly SeenThread[],
): Promise<{ threadId: string; mark: string }[]> {
  const { rows } = await database.query<{ threadId: string; mark: string }>(
    `SELECT looked.thread_id AS "threadId", looked.mark FROM (
       SELECT seen.thread_id, seen.mark AS before,
         coalesce(thread.state_updated_at::text || ' ' || coalesce(newest.start_number, 0), 'gone') AS mark
       FROM unnest($1::uuid[], $2::text[]) AS seen (thread_id, mark)
       LEFT JOIN hadal.thread AS thread ON thread.thread_id = seen.thread_id
       LEFT JOIN LATERAL (
         SELECT start_number FROM hadal.run WHERE thread_id = thread.thread_id AND start_number IS NOT NULL
         ORDER BY start_number DESC LIMIT 1) AS newest ON true) AS looked
     WHERE looked.mark IS DISTINCT FROM looked.before`,
    [seen.map(({ threadId }) => threadId), seen.map(({ mark }) => mark)],
  )
  return rows
}
