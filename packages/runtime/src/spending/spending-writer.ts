import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { DatabaseUnavailable } from '../store/database-pool.ts'
import { type Caller, type Sum, settleSpending } from '../store/queries/spending.ts'

/**
 * Time in milliseconds in which the used amounts of a run (tokens and cost) are collected for one statement: long enough for a call and its
 * reservation, short compared with a model call.
 */
const gatherMs = 25

/** Pause between two tries to write used amounts while the database is unavailable, and maximum time of all tries, in milliseconds. */
const againAfterMs = 1_000
const againForMs = 60_000

type Account = Pick<Caller, 'tenant' | 'threadId' | 'runId'>

interface Unwritten {
  readonly account: Account
  tokens: number
  nanoUsd: number
  /** Ids of the reservations to delete. */
  readonly released: string[]
  /** Amounts of ended calls, by the id of the reservation that contains them. */
  readonly drawn: Map<string, Sum>
  /** Monotonic time of the first failed try to write the used amount, in milliseconds. */
  awaySince?: number
  onWritten?: (session: number, added: number) => void
}

/**
 * Writer of used amounts in the background, so that model calls do not wait: one statement per run for all amounts of a short time. Until an amount
 * is written, the reservation of its call still counts, so a budget is never exceeded.
 */
export class SpendingWriter {
  readonly #pool: pg.Pool
  readonly #onLoss: (error: unknown, lost: Sum & Account) => void
  readonly #unwritten = new Map<string, Unwritten>()
  readonly #writing = new Map<string, { readonly done: Promise<void>; readonly hurry: AbortController }>()

  /** @param onLoss called for used amounts that could not be written: no budget contains them */
  constructor(pool: pg.Pool, onLoss: (error: unknown, lost: Sum & Account) => void) {
    this.#pool = pool
    this.#onLoss = onLoss
  }

  /**
   * Adds the usage of a model call to the run's amounts, which are written soon.
   *
   * @param onWritten called after the write with the total tokens of the thread, and the tokens that this statement added
   */
  used(account: Account, { tokens, nanoUsd }: Sum, onWritten: (session: number, added: number) => void): void {
    const unwritten = this.#of(account)
    unwritten.tokens += tokens
    unwritten.nanoUsd += nanoUsd
    unwritten.onWritten = onWritten
  }

  release(account: Account, reservation: string): void {
    this.#of(account).released.push(reservation)
  }

  /** Takes the amount of an ended call out of a reservation that further calls use. Call it after `used`. */
  draw(account: Account, reservation: string, amount: Sum): void {
    addDrawn(this.#of(account), reservation, amount)
  }

  /** Writes all collected amounts of a run at once. Resolves when they are written. */
  async flush(runId: string): Promise<void> {
    const writing = this.#writing.get(runId)
    writing?.hurry.abort()
    await writing?.done
  }

  #of({ tenant, threadId, runId }: Account): Unwritten {
    let unwritten = this.#unwritten.get(runId)
    if (!unwritten) {
      unwritten = { account: { tenant, threadId, runId }, tokens: 0, nanoUsd: 0, released: [], drawn: new Map() }
      this.#unwritten.set(runId, unwritten)
    }
    if (!this.#writing.has(runId)) {
      const hurry = new AbortController()
      this.#writing.set(runId, { hurry, done: this.#write(runId, hurry.signal) })
    }
    return unwritten
  }

  async #write(runId: string, hurry: AbortSignal): Promise<void> {
    for (;;) {
      // The pause rejects only if `flush` aborts it.
      await pause(gatherMs, undefined, { signal: hurry }).catch(() => {})
      const next = this.#unwritten.get(runId)
      if (!next) break
      this.#unwritten.delete(runId)
      const { account, tokens, nanoUsd, released, drawn, onWritten } = next
      try {
        const session = await settleSpending(this.#pool, account, { tokens, nanoUsd }, released, drawn)
        if (session !== null) onWritten?.(session, tokens)
      } catch (error) {
        if (this.#kept(next, error)) await pause(againAfterMs)
        else this.#onLoss(error, { ...account, tokens, nanoUsd })
      }
    }
    this.#writing.delete(runId)
  }

  /**
   * Keeps a used amount for another try, if it was certainly not written because there was no connection. After another error it may have been
   * written, so it must not be written again.
   */
  #kept(failed: Unwritten, error: unknown): boolean {
    const awaySince = failed.awaySince ?? performance.now()
    if (!(error instanceof DatabaseUnavailable) || performance.now() - awaySince > againForMs) return false
    const unwritten = this.#of(failed.account)
    unwritten.tokens += failed.tokens
    unwritten.nanoUsd += failed.nanoUsd
    unwritten.released.push(...failed.released)
    for (const [reservation, amount] of failed.drawn) addDrawn(unwritten, reservation, amount)
    unwritten.awaySince = awaySince
    unwritten.onWritten ??= failed.onWritten
    return true
  }
}

function addDrawn({ drawn }: Unwritten, reservation: string, { tokens, nanoUsd }: Sum): void {
  const before = drawn.get(reservation)
  drawn.set(reservation, {
    tokens: (before?.tokens ?? 0) + tokens,
    nanoUsd: (before?.nanoUsd ?? 0) + nanoUsd,
  })
}
