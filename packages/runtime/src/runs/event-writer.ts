import { isHeavy } from '../store/event-loop-turns.ts'
import { jsonText, jsonTextInTurns } from '../store/json-text.ts'
import { LeaseLost, type SavingAttempt } from '../store/leased-saver.ts'
import { appendEvents, type RunEvent } from '../store/queries/run-events.ts'
import { retryWhileLeased } from '../store/retry-while-leased.ts'
import type { RunsContext } from './runs-context.ts'

/** Maximum number of run events per SQL insert. */
const batchEvents = 500
/** Maximum number of characters of event data per SQL insert; a single larger event is inserted alone. */
const batchCharacters = 1_000_000
/** Number of characters of unwritten event data above which the run waits for the database. A run never waits for a client. */
const mostWaitingCharacters = 4_000_000

/** Writes the events of one attempt to the event log, in order. Events that arrive during a write go together into the next one. */
export class EventWriter {
  readonly #context: Pick<RunsContext, 'pool' | 'notifications'>
  readonly #attempt: SavingAttempt
  #sequence: number
  #waiting: RunEvent[] = []
  #characters = 0
  /** Conversion of an event's large data to JSON that is under way. Later events wait for it, so that the order of the event log is kept. */
  #preparing: Promise<unknown> | undefined
  #writing: Promise<void> | undefined
  /** Number of transactions that wait to append the unwritten events. The writer then leaves its last batch to them. */
  #handing = 0
  #troubled = false
  /** Cache of the newest large event data and its JSON text: the run's last event often repeats the data of the event before it. */
  #large: { readonly data: unknown; readonly text: string } | undefined

  constructor(context: Pick<RunsContext, 'pool' | 'notifications'>, attempt: SavingAttempt, lastSequence: number) {
    this.#context = context
    this.#attempt = attempt
    this.#sequence = lastSequence
  }

  /** Whether a write to the event log has failed. The writer writes nothing after that. */
  get troubled(): boolean {
    return this.#troubled
  }

  /**
   * Adds an event to the run's event log. Resolves at once; for large data when its JSON text is ready; if too much data is unwritten, after the
   * current writes.
   */
  async push(event: string, data: unknown): Promise<void> {
    if (!this.#preparing && !isHeavy(data)) this.#take(this.#next(event, jsonText(data)))
    else {
      const before = this.#preparing
      const taken = (async () => {
        await before
        this.#take(this.#next(event, await this.#textOf(data)))
      })()
      const preparing = taken
        .catch(() => {})
        .finally(() => {
          if (this.#preparing === preparing) this.#preparing = undefined
        })
      this.#preparing = preparing
      await taken
    }
    if (this.#characters > mostWaitingCharacters) await this.#writing
  }

  /** Resolves when every added event is written to the event log, or when a write has failed. */
  async flush(): Promise<void> {
    while (this.#preparing || this.#writing) await (this.#preparing ?? this.#writing)
  }

  /**
   * Lets another transaction append the events that are not written yet. Resolves and rejects as `append` does. No event is written meanwhile. If
   * `append` rejects, the writer writes the events itself.
   *
   * @throws if the events before could not be written
   */
  async appendWith(append: (events: readonly RunEvent[]) => Promise<void>): Promise<void> {
    this.#handing += 1
    try {
      while (!this.#troubled && (this.#preparing || this.#writing || !this.#isOneBatch)) {
        if (!this.#preparing && !this.#writing) this.#writing = this.#write()
        await (this.#preparing ?? this.#writing)
      }
    } finally {
      this.#handing -= 1
    }
    if (this.#troubled) throw new Error('The events before this step could not be written.')
    const events = this.#batch()
    if (events.length === 0) return append(events)
    const appended = append(events)
    this.#writing = this.#afterAppend(appended, events)
    return appended
  }

  async #afterAppend(appended: Promise<void>, events: readonly RunEvent[]): Promise<void> {
    try {
      await appended
      this.#context.notifications.send({ kind: 'run', runId: this.#attempt.lease.runId })
    } catch {
      this.#waiting.unshift(...events)
      for (const { data } of events) this.#characters += data.length
    }
    this.#writing = undefined
    this.#begin()
  }

  /** Creates the run's last event without writing it: the transaction that ends the run writes it. Call it after `flush`. */
  async last(event: string, data: unknown): Promise<RunEvent> {
    return this.#next(event, await this.#textOf(data))
  }

  async #textOf(data: unknown): Promise<string> {
    if (!isHeavy(data)) return jsonText(data)
    const large = this.#large
    const text = large && large.data === data ? large.text : await jsonTextInTurns(data)
    this.#large = { data, text }
    return text
  }

  #next(event: string, text: string): RunEvent {
    this.#sequence += 1
    return { sequence: this.#sequence, event, data: text }
  }

  #take(event: RunEvent): void {
    this.#characters += event.data.length
    this.#waiting.push(event)
    this.#begin()
  }

  #begin(): void {
    // Without this check, the write would end before its promise is stored, and flush would wait for it for ever.
    if (this.#waiting.length === 0 || this.#handing > 0 || this.#troubled) return
    this.#writing ??= this.#write()
  }

  /** Whether all unwritten events fit into one batch. */
  get #isOneBatch(): boolean {
    return this.#waiting.length <= 1 || (this.#waiting.length <= batchEvents && this.#characters <= batchCharacters)
  }

  #batch(): RunEvent[] {
    let size = 0
    let characters = 0
    for (const { data } of this.#waiting) {
      if (size > 0 && (size >= batchEvents || characters + data.length > batchCharacters)) break
      size += 1
      characters += data.length
    }
    this.#characters -= characters
    return this.#waiting.splice(0, size)
  }

  async #write(): Promise<void> {
    const { pool, notifications } = this.#context
    const { runId, attempt } = this.#attempt.lease
    try {
      while (this.#waiting.length > 0 && !this.#troubled && !(this.#handing > 0 && this.#isOneBatch)) {
        const batch = this.#batch()
        const held = await retryWhileLeased(() => appendEvents(pool, runId, attempt, batch), this.#attempt)
        if (!held) throw new LeaseLost(this.#attempt.lease)
        notifications.send({ kind: 'run', runId })
      }
    } catch (error) {
      this.#troubled = true
      this.#attempt.onTrouble(error)
    } finally {
      this.#writing = undefined
    }
  }
}
