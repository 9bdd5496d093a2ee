import type { Lease } from '../run-queue.ts'
import type { Queryable } from '../transaction.ts'
import type { RunStatus } from './run-rows.ts'

export interface RunEvent {
  /** Sequence number of the event within its run, from 1 without duplicates. For a batch: the number of its last event. */
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
  /** A batch of events, as `runs/event-log/log-encoder.ts` encodes them. Its sequence number is that of its last event. */
  batch: '$log',
  /** A batch that refers to no batch before it. */
  firstBatch: '$log-start',
  /** No event: its sequence number is the highest one that the attempt may have used. The next attempt continues above it. */
  mark: '$mark',
} as const

const isInternal = "event LIKE '$%'"

/** Columns of events, as parameters of a statement: sequence numbers, names and data. */
export const columnsOf = (events: readonly RunEvent[]): unknown[] => [
  events.map((event) => event.sequence),
  events.map((event) => event.event),
  events.map((event) => event.data),
]

/** How rows are appended to a run's event log. */
export interface Appending {
  /** Sequence number of a row that the log must have; undefined if nothing is checked. */
  readonly after?: number
  /** Whether the database may confirm the rows before they are durable: a crash of the database then loses the newest ones. */
  readonly isVolatile?: boolean
}

/**
 * Appends rows to a run's event log, if the attempt's lease is valid, in one statement. Rows that the log has are kept, so that a retry does nothing.
 *
 * @returns `lost` if the lease is lost, `missing` if the log lacks the row `after`; nothing is written then
 */
export async function appendEvents(
  database: Queryable,
  { runId, attempt }: Pick<Lease, 'runId' | 'attempt'>,
  rows: readonly RunEvent[],
  { after, isVolatile = false }: Appending = {},
): Promise<'written' | 'lost' | 'missing'> {
  const { rows: answers } = await database.query<{ answer: 'written' | 'lost' | 'missing' }>(
    'SELECT hadal.append_events_v1($1, $2, $3, $4, $5, $6, $7) AS answer',
    [runId, attempt, ...columnsOf(rows), after ?? null, !isVolatile],
  )
  return answers[0]?.answer ?? 'lost'
}

/** Appends the last rows of a run, inside the transaction that ends it. Rows that the log has are kept. */
export async function appendLastEvents(database: Queryable, runId: string, rows: readonly RunEvent[]): Promise<void> {
  if (rows.length === 0) return
  await database.query(
    `INSERT INTO hadal.run_event (run_id, sequence, event, data)
     SELECT $1::uuid, e.sequence, e.event, e.data FROM unnest($2::int[], $3::text[], $4::text[]) AS e (sequence, event, data)
     ON CONFLICT DO NOTHING`,
    [runId, ...columnsOf(rows)],
  )
}

/** Limits of one query for rows of an event log: maximum number of rows, and number of bytes of data after which it reads no further row. */
export interface ReadLimits {
  readonly rows: number
  readonly bytes: number
}

/** Rows of a run's event log, and the run's status in the same snapshot. */
export interface ReadRows {
  readonly status: RunStatus
  /** Number of the last event that was removed from the log; 0 if none was. */
  readonly removed: number
  /** Events, batches of events, and the run's output if events were removed. */
  readonly rows: readonly RunEvent[]
  /** Whether there may be further rows. */
  readonly more: boolean
}

/**
 * Reads the rows of a run's event log after a sequence number; undefined if the run does not exist.
 *
 * @param fromStart whether to begin at the last earlier row that can be decoded without the rows before it
 */
export async function readRows(
  database: Queryable,
  runId: string,
  after: number,
  fromStart: boolean,
  limits: ReadLimits,
): Promise<ReadRows | undefined> {
  type Row = { status: RunStatus; removed: number; found: number | null } & {
    [Key in keyof RunEvent]: RunEvent[Key] | null
  }
  // octet_length does not read a value that PostgreSQL stores outside of its row.
  const { rows } = await database.query<Row>(
    `SELECT r.status, coalesce(r.events_removed, 0) AS removed, e.sequence, e.event, e.data, e.found FROM hadal.run r
     LEFT JOIN LATERAL (
       SELECT sequence, event, data, (count(*) OVER ())::int AS found,
         sum(octet_length(data)) OVER (ORDER BY sequence) - octet_length(data) AS bytes_before
       FROM (
         SELECT sequence, event, data FROM hadal.run_event WHERE run_id = r.run_id
           AND sequence > greatest(
             CASE WHEN $5 THEN coalesce((SELECT max(sequence) - 1 FROM hadal.run_event
               WHERE run_id = r.run_id AND event = '${internalEvents.firstBatch}' AND sequence <= $2), $2) ELSE $2 END,
             coalesce(r.events_removed, 0))
           AND (NOT ${isInternal} OR event IN ('${internalEvents.batch}', '${internalEvents.firstBatch}')
             OR event = '${internalEvents.output}' AND r.events_removed IS NOT NULL)
         ORDER BY sequence LIMIT $3) next
     ) e ON e.bytes_before < $4
     WHERE r.run_id = $1 ORDER BY e.sequence`,
    [runId, after, limits.rows, limits.bytes, fromStart],
  )
  const [first] = rows
  if (!first) return undefined
  const read: RunEvent[] = []
  for (const { sequence, event, data } of rows) {
    if (sequence !== null && event !== null && data !== null) read.push({ sequence, event, data })
  }
  const found = first.found ?? 0
  const more = found === limits.rows || found > read.length
  return { status: first.status, removed: first.removed, rows: read, more }
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
