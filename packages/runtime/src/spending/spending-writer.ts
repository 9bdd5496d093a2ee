import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import { DatabaseUnavailable } from '../store/database-pool.ts'
import { type Caller, type Sum, settleSpending } from '../store/queries/spending.ts'

/** What comes to a run within this is one statement. Long enough that a call and its reservation come together, short beside any model's answer. */
const gatherMs = 25

/** A database that is away is asked again so often, and for so long. */
const againAfterMs = 1_000
const againForMs = 60_000

type Account = Pick<Caller, 'tenant' | 'threadId' | 'runId'>

interface Unwritten {
  readonly account: Account
  tokens: number
  nanoUsd: number
  readonly reservations: string[]
  /** Since when the database has been away for it, by the process's clock. */
  awaySince?: number
  onWritten?: (session: number, added: number) => void
}

/**
 * Writes what calls of models used without letting them wait: in the background, one statement for all that comes to a run within a moment.
 * Until it is written, what a call had reserved still holds, so that a budget is never looser than it should be.
 */
export class SpendingWriter {
  readonly #pool: pg.Pool
  readonly #onLoss: (error: unknown, lost: Sum & Account) => void
  readonly #unwritten = new Map<string, Unwritten>()
  readonly #writing = new Map<string, { readonly done: Promise<void>; readonly hurry: AbortController }>()

  /** @param onLoss hears of what could not be written: it is in no account then */
  constructor(pool: pg.Pool, onLoss: (error: unknown, lost: Sum & Account) => void) {
    this.#pool = pool
    this.#onLoss = onLoss
  }

  /** @param onWritten called after the write with the tokens of the thread so far, and how many of them this statement added */
  used(account: Account, { tokens, nanoUsd }: Sum, onWritten: (session: number, added: number) => void): void {
    const unwritten = this.#of(account)
    unwritten.tokens += tokens
    unwritten.nanoUsd += nanoUsd
    unwritten.onWritten = onWritten
  }

  release(account: Account, reservation: string): void {
    this.#of(account).reservations.push(reservation)
  }

  /** Writes all of a run now, and waits for it. */
  async flush(runId: string): Promise<void> {
    const writing = this.#writing.get(runId)
    writing?.hurry.abort()
    await writing?.done
  }

  #of({ tenant, threadId, runId }: Account): Unwritten {
    let unwritten = this.#unwritten.get(runId)
    if (!unwritten) {
      unwritten = { account: { tenant, threadId, runId }, tokens: 0, nanoUsd: 0, reservations: [] }
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
      // It only rejects when it is told to hurry.
      await pause(gatherMs, undefined, { signal: hurry }).catch(() => {})
      const next = this.#unwritten.get(runId)
      if (!next) break
      this.#unwritten.delete(runId)
      const { account, tokens, nanoUsd, reservations, onWritten } = next
      try {
        const session = await settleSpending(this.#pool, account, { tokens, nanoUsd }, reservations)
        if (session !== null) onWritten?.(session, tokens)
      } catch (error) {
        if (this.#kept(next, error)) await pause(againAfterMs)
        else this.#onLoss(error, { ...account, tokens, nanoUsd })
      }
    }
    this.#writing.delete(runId)
  }

  /** Puts back what certainly wasn't written, since there was no connection. What broke on its way may have been: it isn't counted twice. */
  #kept(failed: Unwritten, error: unknown): boolean {
    const awaySince = failed.awaySince ?? performance.now()
    if (!(error instanceof DatabaseUnavailable) || performance.now() - awaySince > againForMs) return false
    const unwritten = this.#of(failed.account)
    unwritten.tokens += failed.tokens
    unwritten.nanoUsd += failed.nanoUsd
    unwritten.reservations.push(...failed.reservations)
    unwritten.awaySince = awaySince
    unwritten.onWritten ??= failed.onWritten
    return true
  }
}
