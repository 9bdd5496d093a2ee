import type pg from 'pg'
import { isHeavy } from '../store/event-loop-turns.ts'
import { jsonText, jsonTextInTurns } from '../store/json-text.ts'
import { LeaseLost, type SavingAttempt } from '../store/leased-saver.ts'
import { appendEvents, type RunEvent } from '../store/queries/run-events.ts'
import { retryWhileLeased } from '../store/retry-while-leased.ts'

const batchEvents = 500
const batchCharacters = 1_000_000
/** Beyond this a run waits for the database to take its events; it never waits for a client. */
const mostWaitingCharacters = 4_000_000

/** Writes the events of one attempt in order. The first goes out at once; what comes while it is on its way goes together. */
export class EventWriter {
  readonly #pool: pg.Pool
  readonly #attempt: SavingAttempt
  #sequence: number
  #waiting: RunEvent[] = []
  #characters = 0
  /** Large data that is being made JSON. Events after it wait for it, so that the order stays. */
  #preparing: Promise<unknown> | undefined
  #writing: Promise<void> | undefined
  #troubled = false
  /** The newest large data and its JSON: the run's last event often has the data of the event before. */
  #large: { readonly data: unknown; readonly text: string } | undefined

  constructor(pool: pg.Pool, attempt: SavingAttempt, lastSequence: number) {
    this.#pool = pool
    this.#attempt = attempt
    this.#sequence = lastSequence
  }

  /** Whether events could not be written. Nothing is written after that. */
  get troubled(): boolean {
    return this.#troubled
  }

  /** Takes an event. Resolves at once; for large data as soon as its JSON is made; when too much waits, as soon as that was written. */
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

  /** Resolves when all that was pushed is written, or trouble came. */
  async flush(): Promise<void> {
    while (this.#preparing || this.#writing) await (this.#preparing ?? this.#writing)
  }

  /** The run's last event, for the transaction that ends it. Call it after `flush`. */
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
    this.#writing ??= this.#write()
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
    const { runId, attempt } = this.#attempt.lease
    try {
      while (this.#waiting.length > 0 && !this.#troubled) {
        const batch = this.#batch()
        const held = await retryWhileLeased(() => appendEvents(this.#pool, runId, attempt, batch), this.#attempt)
        if (!held) throw new LeaseLost(this.#attempt.lease)
      }
    } catch (error) {
      this.#troubled = true
      this.#attempt.onTrouble(error)
    } finally {
      this.#writing = undefined
    }
  }
}
