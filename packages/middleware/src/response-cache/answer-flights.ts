import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { AIMessage } from '@langchain/core/messages'
import { late, within } from '../within.ts'
import type { AnswerStore, StoredState } from './answer-store.ts'
import { type FoundAnswer, foundAnswer, mayBeKept, type Saving, storedAnswer } from './stored-answer.ts'

/**
 * Result of the response cache: `hit` (stored answer), `shared` (answer of an identical request in flight), `miss` (model call), `skipped`
 * (no cache key).
 */
export type CacheResult = 'hit' | 'shared' | 'miss' | 'skipped'

/** Callbacks for the results of the response cache, for metrics. */
export interface ResponseCacheObserver {
  onRequest?(result: CacheResult): void
  /** Callback for the tokens and the time that a cached or shared answer saved. */
  onSaving?(saving: Saving): void
  /**
   * Callback for failures of the response cache. `store`: the store failed, and the request continued without it. `corrupt`: an entry was not
   * valid.
   */
  onFailure?(why: 'store' | 'corrupt'): void
}

export interface FlightOptions {
  readonly store: AnswerStore
  readonly ttlSeconds: number
  readonly cacheToolCalls: boolean
  readonly mostBytes: number
  readonly lockMs: number
  readonly waitMs: number
  readonly observer: ResponseCacheObserver
}

/** Time in milliseconds before the first look-up of another process's answer in the response cache's store. */
const firstLookMs = 20
/** Maximum time in milliseconds between two look-ups of another process's answer in the response cache's store. */
const slowestLookMs = 250

/**
 * Shares the answer among identical requests in flight: one request calls the model and the others wait for its answer, in the same process by a
 * promise and in other processes by a lock in the store. A request calls the model itself after `waitMs`, or if the first request fails, dies, or
 * gets an answer that can't be stored.
 */
export class AnswerFlights {
  readonly #options: FlightOptions
  /** Promises of the stored entry for each request in flight of this process; undefined if its answer can't be stored. */
  readonly #flying = new Map<string, Promise<string | undefined>>()

  constructor(options: FlightOptions) {
    this.#options = options
  }

  /**
   * Returns the answer to a request: from the store, from an identical request in flight, or from the model.
   *
   * @param model id of the requested model; the answer of another model is not stored
   * @param call calls the model; its errors are thrown unchanged
   */
  async answer<Result>(
    key: string,
    model: string | undefined,
    signal: AbortSignal | undefined,
    call: () => Promise<Result>,
  ): Promise<Result | AIMessage> {
    const flying = this.#flying.get(key)
    if (flying) {
      const text = await within(flying, this.#options.waitMs, signal)
      const found = text === undefined || text === late ? undefined : foundAnswer(key, text)
      if (found) return this.#found('shared', found)
      this.#options.observer.onRequest?.('miss')
      return call()
    }
    const { promise, resolve } = Promise.withResolvers<string | undefined>()
    this.#flying.set(key, promise)
    const land = (text: string | undefined): void => {
      if (this.#flying.get(key) === promise) this.#flying.delete(key)
      resolve(text)
    }
    try {
      return await this.#lead(key, model, signal, call, land)
    } finally {
      land(undefined)
    }
  }

  async #lead<Result>(
    key: string,
    model: string | undefined,
    signal: AbortSignal | undefined,
    call: () => Promise<Result>,
    land: (text: string | undefined) => void,
  ): Promise<Result | AIMessage> {
    const { store, lockMs, ttlSeconds, observer } = this.#options
    const trip = new StoreTrip(observer)
    const token = randomUUID()
    const begun = await trip.take(() => store.begin(key, token, lockMs))
    const kept = this.#read(key, begun)
    if (kept) {
      land(kept.text)
      return this.#found('hit', kept)
    }
    const locked = begun?.locked === true
    // A corrupt entry has no lock: the request that finds it replaces it.
    if (begun && !locked && begun.answer === undefined) {
      const made = await this.#othersAnswer(trip, key, signal)
      if (made) {
        land(made.text)
        return this.#found('shared', made)
      }
    }
    observer.onRequest?.('miss')
    const renewing = locked
      ? setInterval(() => void trip.take(() => store.renew(key, token, lockMs)), lockMs / 3).unref()
      : undefined
    let text: string | undefined
    try {
      const asked = performance.now()
      const result = await call()
      text = this.#entry(key, model, result, (performance.now() - asked) / 1_000)
      land(text)
      return result
    } finally {
      clearInterval(renewing)
      const answer = text === undefined ? undefined : { value: text, ttlSeconds }
      // Not awaited: later requests of this process use the same connection, and other processes find the lock.
      if (locked || answer) void trip.take(() => store.end(key, token, answer))
    }
  }

  #read(key: string, state: StoredState | undefined): (FoundAnswer & { readonly text: string }) | undefined {
    if (state?.answer === undefined) return undefined
    const found = foundAnswer(key, state.answer)
    if (found) return { ...found, text: state.answer }
    this.#options.observer.onFailure?.('corrupt')
    return undefined
  }

  /** Polls the store until it has the answer of another process, until the lock disappears without an answer, or until `waitMs` has passed. */
  async #othersAnswer(trip: StoreTrip, key: string, signal: AbortSignal | undefined) {
    const end = performance.now() + this.#options.waitMs
    for (let ms = firstLookMs; performance.now() < end; ms = Math.min(ms * 1.5, slowestLookMs)) {
      await pause(ms, undefined, { signal })
      const state = await trip.take(() => this.#options.store.look(key))
      const found = this.#read(key, state)
      if (found || !state?.locked) return found
    }
    return undefined
  }

  #entry(key: string, model: string | undefined, result: unknown, seconds: number): string | undefined {
    const { cacheToolCalls, mostBytes } = this.#options
    if (!AIMessage.isInstance(result) || !mayBeKept(result, model, cacheToolCalls)) return undefined
    const text = storedAnswer(key, result, seconds)
    return Buffer.byteLength(text) <= mostBytes ? text : undefined
  }

  #found(how: 'hit' | 'shared', { message, tokens, seconds }: FoundAnswer): AIMessage {
    this.#options.observer.onRequest?.(how)
    this.#options.observer.onSaving?.({ tokens, seconds })
    return message
  }
}

/** Access of one request to the store. After a failure it does not call the store again, so that a request waits for at most one timeout. */
class StoreTrip {
  #away = false
  readonly #observer: ResponseCacheObserver

  constructor(observer: ResponseCacheObserver) {
    this.#observer = observer
  }

  async take<Result>(work: () => Promise<Result>): Promise<Result | undefined> {
    if (this.#away) return undefined
    try {
      return await work()
    } catch {
      this.#away = true
      this.#observer.onFailure?.('store')
      return undefined
    }
  }
}
