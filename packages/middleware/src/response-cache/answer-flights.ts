import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { AIMessage } from '@langchain/core/messages'
import { late, within } from '../within.ts'
import type { AnswerStore, StoredState } from './answer-store.ts'
import { type FoundAnswer, foundAnswer, mayBeKept, type Saving, storedAnswer } from './stored-answer.ts'

/** What became of a request: `hit` was kept, `shared` was being made for somebody else, `miss` went to the model, `skipped` can't be named. */
export type CacheResult = 'hit' | 'shared' | 'miss' | 'skipped'

/** Hears what the cache does, for metrics. */
export interface ResponseCacheObserver {
  onRequest?(result: CacheResult): void
  /** What a hit or a shared answer saved. */
  onSaving?(saving: Saving): void
  /** `store`: it failed, and the request went on without it. `corrupt`: an entry was none. */
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

const firstLookMs = 20
const slowestLookMs = 250

/**
 * Of the same requests under way at the same time, one asks the model and the others wait for its answer: in this process by its promise, in
 * others by a lock of the store. Whoever waits does so for `waitMs` at most and asks then itself; so does everybody when the one fails, dies, or
 * gets an answer that may not be kept.
 */
export class AnswerFlights {
  readonly #options: FlightOptions
  /** The entry that comes of each request of this process; undefined when none does. */
  readonly #flying = new Map<string, Promise<string | undefined>>()

  constructor(options: FlightOptions) {
    this.#options = options
  }

  /**
   * @param model the id of the one that is asked; another's answer is not kept
   * @param call asks it; what that throws is thrown
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
    // An entry that is none has no lock: whoever finds it replaces it.
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
      // Nobody has to wait for it: whoever of this process asks next asks the same connection, and another finds the lock.
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

  /** Looks again and again until the other's answer is there, its lock is gone without one, or it takes too long. */
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

/** A store that failed once is left alone for the rest of the request: it costs its time limit once. */
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
