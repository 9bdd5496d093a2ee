import type { Lease } from '../run-queue.ts'
import { places } from '../sealing/places.ts'
import { openedText, sealedText } from '../sealing/sealed-json.ts'
import { SealError } from '../sealing/sealer.ts'
import { type Seals, sealsOf } from '../sealing/seals.ts'
import { settingTenant } from '../setting-tenant.ts'
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

/** A run of a tenant. */
type RunKey = Pick<Lease, 'tenant' | 'runId'>

/** Columns of a run's events, as parameters of a statement: sequence numbers, names and data. */
export function columnsOf(database: Queryable, { tenant, runId }: RunKey, events: readonly RunEvent[]): unknown[] {
  const seals = sealsOf(database)
  const dataOf = ({ sequence, event, data }: RunEvent): string =>
    seals?.writes ? sealedText(seals, data, places.event(tenant, runId, sequence, event)) : data
  return [events.map(({ sequence }) => sequence), events.map(({ event }) => event), events.map(dataOf)]
}

/** Returns the data of an event as it was before it was stored. @throws {SealError} if it is sealed and can't be opened */
export const openedData = (
  seals: Seals | undefined,
  { tenant, runId }: RunKey,
  { sequence, event, data }: RunEvent,
): string => openedText(seals, data, places.event(tenant, runId, sequence, event))

/**
 * Result of an append: `lost` if the attempt has lost the run's lease, `missing` if the log lacks the row after which the rows belong. Only `written`
 * has written anything.
 */
export type Appended = 'written' | 'lost' | 'missing'

const append = settingTenant('SELECT hadal.append_events_v2($1, $2, $3, $4, $5, $6, $7, true) AS answer')

// PostgreSQL sorts before it calls the function, so the timeout is set by then.
const appendOfSeveral =
  settingTenant(`WITH bound AS MATERIALIZED (SELECT set_config('lock_timeout', $2, true) AS lock_timeout)
 SELECT place, hadal.append_events_v2(tenant, run_id, attempt, sequences, events, data, after_row, false) AS answer
 FROM (SELECT one.* FROM bound, jsonb_to_recordset($1) AS one (
   place integer, tenant text, run_id uuid, attempt integer, sequences integer[], events text[], data text[], after_row integer)
   WHERE bound.lock_timeout IS NOT NULL ORDER BY run_id) AS ordered`)

/** Rows for a run's event log. */
export interface LogAppend {
  readonly lease: Pick<Lease, 'tenant' | 'runId' | 'attempt'>
  readonly rows: readonly RunEvent[]
  /** Sequence number of a row that the log must have; undefined if nothing is checked. */
  readonly after?: number
}

/**
 * Appends rows to a run's event log durably, if the attempt's lease is valid, in one statement. Rows that the log has are kept, so that a retry does
 * nothing.
 */
export async function appendEvents(database: Queryable, { lease, rows, after }: LogAppend): Promise<Appended> {
  const { rows: answers } = await database.query<{ answer: Appended }>(append, [
    lease.tenant,
    lease.runId,
    lease.attempt,
    ...columnsOf(database, lease, rows),
    after ?? null,
  ])
  return answers[0]?.answer ?? 'lost'
}

/**
 * Time in milliseconds for which a write for several runs waits for a locked one. It is far below PostgreSQL's `deadlock_timeout` (1 s): the write has
 * locked other runs, for which the holder of that lock may wait.
 */
const longestLockMs = 20

/**
 * Appends rows to the event logs of several runs in one statement, as `appendEvents` does, but not durably: the database may confirm the rows before
 * they are on its disk, and a crash of the database then loses the newest ones. With several runs, it fails if one
 * of them stays locked for `longestLockMs`.
 */
export async function appendToLogs(database: Queryable, appends: readonly LogAppend[]): Promise<Appended[]> {
  const { rows } = await database.query<{ place: number; answer: Appended }>(appendOfSeveral, [
    JSON.stringify(
      appends.map(({ lease, rows: added, after }, place) => {
        const [sequences, events, data] = columnsOf(database, lease, added)
        return {
          place,
          tenant: lease.tenant,
          run_id: lease.runId,
          attempt: lease.attempt,
          sequences,
          events,
          data,
          after_row: after,
        }
      }),
    ),
    appends.length > 1 ? `${longestLockMs}ms` : '0',
  ])
  const answers = new Map(rows.map(({ place, answer }) => [place, answer]))
  return appends.map((_, place) => answers.get(place) ?? 'lost')
}

/** Appends the last rows of a run, inside the transaction that ends it. Rows that the log has are kept. */
export async function appendLastEvents(database: Queryable, run: RunKey, rows: readonly RunEvent[]): Promise<void> {
  if (rows.length === 0) return
  await database.query(
    `INSERT INTO hadal.run_event (run_id, tenant, owner, sequence, event, data)
     SELECT run.run_id, run.tenant, run.owner, e.sequence, e.event, e.data
     FROM hadal.run AS run, unnest($2::int[], $3::text[], $4::text[]) AS e (sequence, event, data) WHERE run.run_id = $1
     ON CONFLICT DO NOTHING`,
    [run.runId, ...columnsOf(database, run, rows)],
  )
}

/** Maximum number of rows that a query reads of one log, and number of bytes of data after which it reads no further row. */
const readAtOnce = { rows: 100, bytes: 256 * 1024 }

/** Request for the next rows of a run's event log. */
export interface LogRead {
  readonly runId: string
  /** Sequence number after which rows are read. */
  readonly after: number
  /** Whether to begin at the last earlier row that can be decoded without the rows before it. */
  readonly fromStart: boolean
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

type LogRow = {
  place: number
  run_id: string
  tenant: string
  status: RunStatus
  removed: number
  found: number | null
} & {
  [Key in keyof RunEvent]: RunEvent[Key] | null
}

/** Reads the next rows of the event logs of several runs in one statement; undefined for a run that does not exist. */
export async function readLogs(database: Queryable, reads: readonly LogRead[]): Promise<(ReadRows | undefined)[]> {
  // octet_length does not read a value that PostgreSQL stores outside of its row.
  const { rows } = await database.query<LogRow>(
    `SELECT asked.place::int, r.run_id, r.tenant, r.status, coalesce(r.events_removed, 0) AS removed, e.sequence, e.event, e.data, e.found
     FROM unnest($1::uuid[], $2::int[], $3::boolean[]) WITH ORDINALITY AS asked (run_id, after, from_start, place)
     JOIN hadal.run r ON r.run_id = asked.run_id
     LEFT JOIN LATERAL (
       SELECT sequence, event, data, (count(*) OVER ())::int AS found,
         sum(octet_length(data)) OVER (ORDER BY sequence) - octet_length(data) AS bytes_before
       FROM (
         SELECT sequence, event, data FROM hadal.run_event WHERE run_id = r.run_id
           AND sequence > greatest(
             CASE WHEN asked.from_start THEN coalesce((SELECT max(sequence) - 1 FROM hadal.run_event
               WHERE run_id = r.run_id AND event = '${internalEvents.firstBatch}' AND sequence <= asked.after), asked.after)
             ELSE asked.after END,
             coalesce(r.events_removed, 0))
           AND (NOT ${isInternal} OR event IN ('${internalEvents.batch}', '${internalEvents.firstBatch}')
             OR event = '${internalEvents.output}' AND r.events_removed IS NOT NULL)
         ORDER BY sequence LIMIT ${readAtOnce.rows}) next
     ) e ON e.bytes_before < ${readAtOnce.bytes}
     ORDER BY asked.place, e.sequence`,
    [reads.map(({ runId }) => runId), reads.map(({ after }) => after), reads.map(({ fromStart }) => fromStart)],
  )
  const byPlace = Map.groupBy(rows, ({ place }) => place)
  return reads.map((_, index) => rowsOf(sealsOf(database), byPlace.get(index + 1)))
}

/** Opens a row of the log. One that can't be opened becomes an event `error` with the reason. */
function openedRow(seals: Seals | undefined, run: RunKey, row: RunEvent): RunEvent {
  try {
    return { ...row, data: openedData(seals, run, row) }
  } catch (trouble) {
    if (!(trouble instanceof SealError)) throw trouble
    const data = JSON.stringify({ error: trouble.name, message: trouble.message })
    return { sequence: row.sequence, event: 'error', data }
  }
}

function rowsOf(seals: Seals | undefined, found: readonly LogRow[] | undefined): ReadRows | undefined {
  const [first] = found ?? []
  if (!first || !found) return undefined
  const rows: RunEvent[] = []
  const run = { tenant: first.tenant, runId: first.run_id }
  for (const { sequence, event, data } of found) {
    if (sequence !== null && event !== null && data !== null)
      rows.push(openedRow(seals, run, { sequence, event, data }))
  }
  const more = first.found === readAtOnce.rows || (first.found ?? 0) > rows.length
  return { status: first.status, removed: first.removed, rows, more }
}

/** Returns the newest internal event of one kind of a run, as JSON text. */
export async function findInternalEvent(
  database: Queryable,
  runId: string,
  event: (typeof internalEvents)[keyof typeof internalEvents],
): Promise<string | undefined> {
  const { rows } = await database.query<RunEvent & { tenant: string }>(
    `SELECT run.tenant, found.sequence, found.event, found.data FROM hadal.run_event AS found JOIN hadal.run AS run USING (run_id)
     WHERE found.run_id = $1 AND found.event = $2 ORDER BY found.sequence DESC LIMIT 1`,
    [runId, event],
  )
  const [row] = rows
  return row && openedData(sealsOf(database), { tenant: row.tenant, runId }, row)
}

/** Returns the sequence number of a run's newest event, 0 if it has none. */
export async function lastSequence(database: Queryable, runId: string): Promise<number> {
  const { rows } = await database.query<{ sequence: number }>(
    'SELECT coalesce(max(sequence), 0) AS sequence FROM hadal.run_event WHERE run_id = $1',
    [runId],
  )
  return rows[0]?.sequence ?? 0
}
