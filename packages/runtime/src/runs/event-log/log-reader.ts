import type { EventRows } from '../../store/event-rows.ts'
import { internalEvents, type ReadRows, type RunEvent } from '../../store/queries/run-events.ts'
import type { RunStatus } from '../../store/queries/run-rows.ts'
import { LogDecoder } from './log-decoder.ts'

/** Maximum number of events that a reader returns at once, and of characters of their data after which it returns them. */
const returnedAtOnce = { events: 100, characters: 256 * 1024 }

/** Name of the event that says up to which number a run's events were removed. */
export const truncated = 'truncated'

/** Events of a run in order, and the status of the run. */
export interface ReadEvents {
  readonly status: RunStatus
  readonly events: readonly RunEvent[]
  /** Whether there may be further events now. */
  readonly more: boolean
}

/**
 * Reads the events of one run in order, from rows of both forms. It holds some rows and the texts to which later events may refer, which are about as
 * large as the newest event of each kind. So a slow reader costs little memory, and a late one reads every row once.
 */
export class LogReader {
  readonly #eventRows: Pick<EventRows, 'read'>
  readonly #runId: string
  readonly #wanted: (event: string) => boolean
  readonly #decoder: LogDecoder
  /** Number of the newest event that the reader has returned, or of the event after which it begins. */
  #after: number
  /** Number of the newest row that was read; undefined before the first one. */
  #row: number | undefined
  #read: ReadRows | undefined
  /** Events of the rows that were read and not returned yet; undefined if there is none. */
  #pending: Iterator<RunEvent> | undefined

  /**
   * @param after number of the event after which the reader begins
   * @param wanted whether events of this name are returned
   */
  constructor(eventRows: Pick<EventRows, 'read'>, runId: string, after: number, wanted: (event: string) => boolean) {
    this.#eventRows = eventRows
    this.#runId = runId
    this.#after = after
    this.#wanted = wanted
    this.#decoder = new LogDecoder(wanted)
  }

  /** Returns the next events; undefined if the run does not exist. */
  async read(): Promise<ReadEvents | undefined> {
    if (!this.#pending) {
      const fromStart = this.#row === undefined && this.#after > 0
      const read = await this.#eventRows.read({ runId: this.#runId, after: this.#row ?? this.#after, fromStart })
      if (!read) return undefined
      this.#row = read.rows.at(-1)?.sequence ?? this.#row
      this.#read = read
      this.#pending = this.#events(read)
    }
    const events = this.#next()
    return this.#read && { status: this.#read.status, events, more: this.#pending !== undefined || this.#read.more }
  }

  #next(): RunEvent[] {
    const events: RunEvent[] = []
    let characters = 0
    while (this.#pending && events.length < returnedAtOnce.events && characters < returnedAtOnce.characters) {
      const { done, value } = this.#pending.next()
      if (done) this.#pending = undefined
      else {
        events.push(value)
        characters += value.data.length
      }
    }
    return events
  }

  *#events({ rows, removed }: ReadRows): Generator<RunEvent> {
    if (removed > this.#after) {
      this.#after = removed
      yield { sequence: removed, event: truncated, data: JSON.stringify({ up_to: removed }) }
    }
    for (const row of rows) {
      for (const event of this.#eventsOf(row)) {
        if (event.sequence <= this.#after) continue
        this.#after = event.sequence
        yield event
      }
    }
  }

  *#eventsOf(row: RunEvent): Generator<RunEvent> {
    const { sequence, event, data } = row
    if (event === internalEvents.batch || event === internalEvents.firstBatch)
      yield* this.#decoder.events(data, event === internalEvents.firstBatch, sequence)
    // Only the log of a run whose events were removed is read with its output: its last values.
    else if (event === internalEvents.output) yield { sequence, event: 'values', data }
    else if (this.#wanted(event)) yield row
  }
}
