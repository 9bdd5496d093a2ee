import { internalEvents, type RunEvent } from '../../store/queries/run-events.ts'
import { LogEncoder } from './log-encoder.ts'

/** Maximum number of events of a batch, and number of characters after which it is closed. */
const mostEvents = 1_000
const mostCharacters = 500_000

/** Collects the events of an attempt, in order, as rows of the event log: batches of encoded events, and internal events as they are. */
export class LogBatches {
  readonly #encoder = new LogEncoder()
  #rows: RunEvent[] = []
  #lines: string[] = []
  #events = 0
  #last = 0
  #name: string | undefined
  /** Number of characters that are not taken yet, without those of the open batch. */
  #closed = 0
  #open = 0

  /** Number of characters that are not taken yet. */
  get characters(): number {
    return this.#closed + this.#open
  }

  add({ sequence, event, data }: RunEvent): void {
    if (event.startsWith('$')) {
      this.#close()
      this.#rows.push({ sequence, event, data })
      this.#closed += data.length
      return
    }
    // The events of a batch are numbered without a gap.
    if (sequence !== this.#last + 1) this.#close()
    if (this.#events === 0) {
      const first = this.#name === undefined || this.#encoder.shouldBeginAnew
      this.#name = first ? internalEvents.firstBatch : internalEvents.batch
      this.#encoder.begin(first)
    }
    for (const line of this.#encoder.add(event, data)) {
      this.#lines.push(line)
      this.#open += line.length + 1
    }
    this.#events += 1
    this.#last = sequence
    if (this.#events >= mostEvents || this.#open >= mostCharacters) this.#close()
  }

  /** Removes and returns the rows of all events that are not taken yet. */
  take(): RunEvent[] {
    this.#close()
    const rows = this.#rows
    this.#rows = []
    this.#closed = 0
    return rows
  }

  #close(): void {
    if (this.#events === 0 || this.#name === undefined) return
    this.#rows.push({ sequence: this.#last, event: this.#name, data: this.#lines.join('\n') })
    this.#closed += this.#open
    this.#lines = []
    this.#events = 0
    this.#open = 0
  }
}
