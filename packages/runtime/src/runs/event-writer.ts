import { isHeavy } from '../store/event-loop-turns.ts'
import { jsonText, jsonTextInTurns } from '../store/json-text.ts'
import { LeaseLost, type SavingAttempt } from '../store/leased-saver.ts'
import {
  type Appended,
  appendEvents,
  internalEvents,
  type LogAppend,
  type RunEvent,
} from '../store/queries/run-events.ts'
import type { LogForm } from '../store/queries/run-rows.ts'
import { retryWhileLeased } from '../store/retry-while-leased.ts'
import { LogBatches } from './event-log/log-batches.ts'
import { EventTooLarge } from './event-too-large.ts'
import type { RunsContext } from './runs-context.ts'

/** Maximum number of rows per SQL insert. */
const batchRows = 500
/** Maximum number of characters of event data per SQL insert; a single larger row is inserted alone. */
const batchCharacters = 1_000_000
/** Number of characters of unwritten event data above which the run waits for the database. A run never waits for a client. */
const mostWaitingCharacters = 4_000_000
/** Number of characters of written rows that may be lost by a crash of the database, above which the next write is durable. */
const mostVolatileCharacters = 1_000_000
/** Minimum time in milliseconds between the starts of two writes of parts of messages. The first part after a pause is written at once. */
const messagesEveryMs = 200
/** Time in milliseconds that other events wait for the checkpoint of their step, whose transaction writes them too. */
const othersAfterMs = 100
/** Number of sequence numbers that an attempt reserves at once for events that a crash of the database may lose. */
const reservedNumbers = 1_000

export interface EventWriterOptions {
  /** Sequence number of the newest row of the run's log; 0 if it has none. */
  readonly lastSequence: number
  readonly form: LogForm
  /** Whether the run streams parts of messages. */
  readonly streamsMessages: boolean
  /** Maximum size of an event's data as JSON, in bytes. Default: no limit. */
  readonly mostBytes?: number
}

/** Whether a text has more bytes than a limit. One UTF-16 unit has at most three bytes in UTF-8, so the bytes of most texts are not counted. */
const isLargerThan = (text: string, bytes: number): boolean =>
  text.length * 3 > bytes && (text.length > bytes || Buffer.byteLength(text) > bytes)

const isMessage = (event: string): boolean => event.startsWith('messages')
const charactersOf = (rows: readonly RunEvent[]): number => rows.reduce((sum, { data }) => sum + data.length, 0)

/**
 * Writes the events of one attempt to the event log, in order. Events that arrive during a write, or shortly after it, go together into the next one.
 *
 * Parts of messages are written without waiting until they are durable. The writer keeps these rows until a durable transaction followed, and writes
 * them again if a crash of the database has lost them. It reserves their numbers durably before, so that no later attempt uses a number that a client
 * has seen.
 */
export class EventWriter {
  readonly #context: Pick<RunsContext, 'eventRows' | 'pool' | 'notifications'>
  readonly #attempt: SavingAttempt
  readonly #batches: LogBatches | undefined
  readonly #reserves: boolean
  readonly #mostBytes: number
  #sequence: number
  /** Numbers of the reservations' rows, which no event gets. Volatile events have lower numbers than the newest one. */
  readonly #marks = new Set<number>()
  #mark = 0
  #waiting: RunEvent[] = []
  #characters = 0
  #onlyMessages = true
  /** Whether the followers of the thread know that the attempt has started. */
  #isKnown = false
  /** Rows that are written but perhaps not durable. */
  #volatile: RunEvent[] = []
  #writtenAt = Number.NEGATIVE_INFINITY
  #timer: NodeJS.Timeout | undefined
  #startsAt = 0
  /** Conversion of an event's large data to JSON that is under way. Later events wait for it, so that the order of the event log is kept. */
  #preparing: Promise<unknown> | undefined
  #writing: Promise<void> | undefined
  /** Number of transactions that wait to append the unwritten events. The writer then leaves its last batch to them. */
  #handing = 0
  #troubled = false
  /** Cache of the newest large event data and its JSON text: the run's last event often repeats the data of the event before it. */
  #large: { readonly data: unknown; readonly text: string } | undefined

  constructor(
    context: Pick<RunsContext, 'eventRows' | 'pool' | 'notifications'>,
    attempt: SavingAttempt,
    { lastSequence, form, streamsMessages, mostBytes = Number.POSITIVE_INFINITY }: EventWriterOptions,
  ) {
    this.#context = context
    this.#attempt = attempt
    this.#sequence = lastSequence
    this.#mostBytes = mostBytes
    this.#batches = form === 'batches' ? new LogBatches() : undefined
    this.#reserves = form === 'batches' && streamsMessages
  }

  /** Whether a write to the event log has failed. The writer writes nothing after that. */
  get troubled(): boolean {
    return this.#troubled
  }

  /**
   * Adds an event to the run's event log. Resolves at once; for large data when its JSON text is ready; if too much data is unwritten, after the
   * current writes.
   *
   * @throws {EventTooLarge} if the data has more than `mostBytes` as JSON
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
    if (this.#waitingCharacters <= mostWaitingCharacters) return
    this.#start()
    await this.#writing
  }

  /** Resolves when every added event is written to the event log, or when a write has failed. */
  async flush(): Promise<void> {
    for (;;) {
      if (!this.#preparing && !this.#writing) this.#start()
      if (!this.#preparing && !this.#writing) return
      await (this.#preparing ?? this.#writing)
    }
  }

  /** Resolves when the log has every added event even if the database crashes later, or when a write has failed. */
  async settle(): Promise<void> {
    await this.flush()
    if (this.#volatile.length === 0 || this.#troubled) return
    this.#writing = this.#write(true)
    await this.#writing
  }

  /**
   * Lets another transaction append the events that are not durable yet, together with its own changes. Resolves and rejects as `append` does. No
   * event is written meanwhile. If `append` rejects, the writer writes the events itself.
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
    const rows = this.#batch()
    if (rows.length === 0 && this.#volatile.length === 0) return append([])
    const appended = append([...this.#volatile, ...rows])
    this.#writing = this.#afterAppend(appended, rows)
    return appended
  }

  async #afterAppend(appended: Promise<void>, rows: readonly RunEvent[]): Promise<void> {
    try {
      await appended
      this.#volatile = []
      if (rows.length > 0) this.#notify()
    } catch {
      this.#waiting.unshift(...rows)
      this.#characters += charactersOf(rows)
      this.#onlyMessages = false
    }
    this.#writing = undefined
    this.#writtenAt = performance.now()
    this.#resume()
  }

  /** Creates the run's last event without writing it: the transaction that ends the run writes it. */
  async last(event: string, data: unknown): Promise<RunEvent> {
    while (this.#preparing) await this.#preparing
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
    if (isLargerThan(text, this.#mostBytes)) throw new EventTooLarge(event, text, this.#mostBytes)
    do this.#sequence += 1
    while (this.#marks.has(this.#sequence))
    return { sequence: this.#sequence, event, data: text }
  }

  get #waitingCharacters(): number {
    return this.#characters + (this.#batches?.characters ?? 0)
  }

  #take(event: RunEvent): void {
    this.#onlyMessages &&= isMessage(event.event)
    if (this.#batches) this.#batches.add(event)
    else {
      this.#characters += event.data.length
      this.#waiting.push(event)
    }
    this.#resume(isMessage(event.event))
  }

  /** Schedules the next write if events wait. @param atOnce whether a write after a pause need not wait for more events */
  #resume(atOnce = this.#onlyMessages): void {
    if (this.#waitingCharacters === 0) return
    const untilMessages = Math.max(this.#nextMessagesAt - performance.now(), 0)
    this.#startAfter(!this.#batches ? 0 : atOnce ? untilMessages : othersAfterMs)
  }

  /** Earliest time of the next write of parts of messages. All runs of the process have the same such times, so that they write together. */
  get #nextMessagesAt(): number {
    return Math.floor(this.#writtenAt / messagesEveryMs + 1) * messagesEveryMs
  }

  /** Starts a write after a time in milliseconds, unless one starts earlier. */
  #startAfter(ms: number): void {
    const startsAt = performance.now() + ms
    if (this.#timer && this.#startsAt <= startsAt) return
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (ms === 0) this.#start()
    else {
      this.#startsAt = startsAt
      this.#timer = setTimeout(() => {
        this.#timer = undefined
        this.#start()
      }, ms)
    }
  }

  #start(): void {
    // Without this check, the write would end before its promise is stored, and flush would wait for it for ever.
    if (this.#waitingCharacters === 0 || this.#handing > 0 || this.#troubled) return
    this.#writing ??= this.#write()
  }

  /** Whether all unwritten events fit into one batch. */
  get #isOneBatch(): boolean {
    this.#gather()
    return this.#waiting.length <= 1 || (this.#waiting.length <= batchRows && this.#characters <= batchCharacters)
  }

  #gather(): void {
    const rows = this.#batches?.take() ?? []
    this.#waiting.push(...rows)
    this.#characters += charactersOf(rows)
  }

  #batch(): RunEvent[] {
    this.#gather()
    let size = 0
    let characters = 0
    for (const { data } of this.#waiting) {
      if (size > 0 && (size >= batchRows || characters + data.length > batchCharacters)) break
      size += 1
      characters += data.length
    }
    this.#characters -= characters
    const rows = this.#waiting.splice(0, size)
    if (this.#waiting.length === 0) this.#onlyMessages = true
    return rows
  }

  /** Writes the waiting events. @param settles whether the volatile rows are made durable although no event waits */
  async #write(settles = false): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#writtenAt = performance.now()
    try {
      for (let first = settles; !this.#troubled; first = false) {
        if (!first && (this.#waitingCharacters === 0 || (this.#handing > 0 && this.#isOneBatch))) break
        const isVolatile = !settles && this.#onlyMessages && charactersOf(this.#volatile) <= mostVolatileCharacters
        await this.#append(this.#batch(), isVolatile)
        // Events that arrived meanwhile are gathered for the next write.
        if (this.#batches && this.#waitingCharacters <= batchCharacters) break
      }
    } catch (error) {
      this.#troubled = true
      this.#attempt.onTrouble(error)
    } finally {
      this.#writing = undefined
    }
    this.#resume()
  }

  async #append(rows: readonly RunEvent[], mayBeVolatile: boolean): Promise<void> {
    const last = rows.at(-1)?.sequence ?? 0
    const reserves = this.#reserves && rows.length > 0 && last + reservedNumbers / 2 > this.#mark
    const isVolatile = mayBeVolatile && !reserves && last < this.#mark
    const after = this.#volatile.at(-1)?.sequence
    const added = reserves ? [...rows, this.#reservation(last)] : rows
    const answer = await this.#appended(added, after, isVolatile)
    if (answer === 'missing') await this.#appended([...this.#volatile, ...added], undefined, false)
    this.#volatile = isVolatile && answer !== 'missing' ? [...this.#volatile, ...rows] : []
    this.#notify()
  }

  /** Wakes the followers of the run, and at the attempt's first events also those of the thread. */
  #notify(): void {
    const { runId, threadId } = this.#attempt.lease
    if (!this.#isKnown) this.#context.notifications.send({ kind: 'thread', threadId })
    this.#isKnown = true
    this.#context.notifications.send({ kind: 'run', runId })
  }

  #reservation(last: number): RunEvent {
    this.#mark = Math.max(this.#sequence, last) + reservedNumbers
    this.#marks.add(this.#mark)
    return { sequence: this.#mark, event: internalEvents.mark, data: '' }
  }

  /** @param after sequence number of a row that the log must have; undefined if nothing is checked */
  async #appended(
    rows: readonly RunEvent[],
    after: number | undefined,
    isVolatile: boolean,
  ): Promise<'written' | 'missing'> {
    const { pool, eventRows } = this.#context
    const { lease } = this.#attempt
    const added: LogAppend = { lease, rows, ...(after === undefined ? {} : { after }) }
    const append = (): Promise<Appended> => (isVolatile ? eventRows.appendVolatile(added) : appendEvents(pool, added))
    const answer = await retryWhileLeased(append, this.#attempt)
    if (answer === 'lost') throw new LeaseLost(lease)
    return answer
  }
}
