import { gatheredCalls } from './gathered-calls.ts'
import {
  type Appended,
  appendToLogs,
  type LogAppend,
  type LogRead,
  type ReadRows,
  readLogs,
} from './queries/run-events.ts'
import type { Queryable } from './transaction.ts'

/** Maximum number of runs in one statement, which bounds the memory of its result. */
const runsAtOnce = 32

/**
 * Rows of the event logs of all runs in this process that use one pool. Reads, and writes that need not be durable at once, are executed together for
 * the runs that ask for them at the same time.
 */
export class EventRows {
  /** Reads the rows of a run's event log after a sequence number; undefined if the run does not exist. */
  readonly read: (read: LogRead) => Promise<ReadRows | undefined>
  /** Appends rows that a crash of the database may lose. See `appendEvents`. */
  readonly appendVolatile: (append: LogAppend) => Promise<Appended>

  constructor(database: Queryable) {
    this.read = gatheredCalls((reads) => readLogs(database, reads), runsAtOnce)
    this.appendVolatile = gatheredCalls((appends) => appendToLogs(database, appends), runsAtOnce)
  }
}

const known = new WeakMap<Queryable, EventRows>()

/** Returns the event rows of a pool, the same ones each time. */
export function eventRowsOf(pool: Queryable): EventRows {
  const rows = known.get(pool) ?? new EventRows(pool)
  known.set(pool, rows)
  return rows
}
