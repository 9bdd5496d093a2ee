import { leaseQuery } from '../run-queue.ts'
import type { Queryable } from '../transaction.ts'
import type { RunStatus } from './run-rows.ts'

export interface RunEvent {
  /** Sequence number of the event within its run, from 1 without gaps or duplicates. */
  readonly sequence: number
  readonly event: string
  /** Data of the event as JSON text. */
  readonly data: string
}

/** Names of the internal events of a run, which are stored in its event log but sent to no client. */
export const internalEvents = {
  /** Values of the graph's untracked channels at a checkpoint: `{ checkpoint_id, values }`. */
  untracked: '$untracked',
  /** Last values of the run: the response to clients that wait for it. */
  output: '$output',
} as const

const isInternal = "event LIKE '$%'"

const insertSelect = `INSERT INTO hadal.run_event (run_id, sequence, event, data)
  SELECT $1::uuid, e.sequence, e.event, e.data FROM unnest($3::int[], $4::text[], $5::text[]) AS e (sequence, event, data)`

const columnsOf = (events: readonly RunEvent[]): unknown[] => [
  events.map((event) => event.sequence),
  events.map((event) => event.event),
  events.map((event) => event.data),
]

/**
 * Appends events if the attempt's lease is valid, in one statement. A retry with the same events does nothing: an attempt never assigns a sequence
 * number twice.
 *
 * @returns whether the lease was valid
 */
export async function appendEvents(
  database: Queryable,
  runId: string,
  attempt: number,
  events: readonly RunEvent[],
): Promise<boolean> {
  const { rowCount } = await database.query(
    `WITH lease AS MATERIALIZED (${leaseQuery}), inserted AS (${insertSelect} WHERE EXISTS (SELECT 1 FROM lease) ON CONFLICT DO NOTHING RETURNING 1)
     SELECT 1 FROM lease, (SELECT count(*) FROM inserted) AS written`,
    [runId, attempt, ...columnsOf(events)],
  )
  return rowCount !== 0
}

/** Appends the last events of a run, inside the transaction that ends it. */
export async function appendLastEvents(database: Queryable, runId: string, events: readonly RunEvent[]): Promise<void> {
  if (events.length === 0) return
  const text = insertSelect.replace('$3', '$2').replace('$4', '$3').replace('$5', '$4')
  await database.query(text, [runId, ...columnsOf(events)])
}

/** Limits of one query for events: maximum number of events, and number of bytes of data after which it reads no further event. */
export interface ReadLimits {
  readonly events: number
  readonly bytes: number
}

/**
 * Returns a run's events after a sequence number and the run's status in one snapshot; undefined if the run does not exist.
 *
 * @returns `more`: whether there may be further events
 */
export async function readEvents(
  database: Queryable,
  runId: string,
  after: number,
  limits: ReadLimits,
): Promise<{ status: RunStatus; events: RunEvent[]; more: boolean } | undefined> {
  type Row = { status: RunStatus; found: number | null } & { [Key in keyof RunEvent]: RunEvent[Key] | null }
  // octet_length does not read a value that PostgreSQL stores outside of its row.
  const { rows } = await database.query<Row>(
    `SELECT r.status, e.sequence, e.event, e.data, e.found FROM hadal.run r
     LEFT JOIN LATERAL (
       SELECT sequence, event, data, (count(*) OVER ())::int AS found,
         sum(octet_length(data)) OVER (ORDER BY sequence) - octet_length(data) AS bytes_before
       FROM (SELECT sequence, event, data FROM hadal.run_event WHERE run_id = r.run_id AND sequence > $2 AND NOT ${isInternal} ORDER BY sequence LIMIT $3) next
     ) e ON e.bytes_before < $4
     WHERE r.run_id = $1 ORDER BY e.sequence`,
    [runId, after, limits.events, limits.bytes],
  )
  const [first] = rows
  if (!first) return undefined
  const events: RunEvent[] = []
  for (const { sequence, event, data } of rows) {
    if (sequence !== null && event !== null && data !== null) events.push({ sequence, event, data })
  }
  const found = first.found ?? 0
  return { status: first.status, events, more: found === limits.events || found > events.length }
}

/** Returns the newest internal event of one kind of a run, as JSON text. */
export async function findInternalEvent(
  database: Queryable,
  runId: string,
  event: (typeof internalEvents)[keyof typeof internalEvents],
): Promise<string | undefined> {
  const { rows } = await database.query<{ data: string }>(
    'SELECT data FROM hadal.run_event WHERE run_id = $1 AND event = $2 ORDER BY sequence DESC LIMIT 1',
    [runId, event],
  )
  return rows[0]?.data
}

/** Returns the sequence number of a run's newest event, 0 if it has none. */
export async function lastSequence(database: Queryable, runId: string): Promise<number> {
  const { rows } = await database.query<{ sequence: number }>(
    'SELECT coalesce(max(sequence), 0) AS sequence FROM hadal.run_event WHERE run_id = $1',
    [runId],
  )
  return rows[0]?.sequence ?? 0
}
