import type { Budgets } from '@hadal/middleware/token-budget/ledger'
import type { Caller, Sum } from '../store/queries/spending.ts'

/** Maximum time in milliseconds for which a reservation without an active call is held for the next call. */
const idleMs = 1_000

/** Reservation in the database from which several model calls of one attempt take their amounts. */
interface Held {
  readonly caller: Caller
  /** Limits against which the amount was reserved. */
  readonly budgets: Budgets
  readonly reservation: string
  /** Whether more was reserved than the first call needs. */
  readonly ahead: boolean
  /** Amount of the reservation that no call has taken. */
  free: Sum
  /** Number of active calls that use the reservation. */
  active: number
  timer?: NodeJS.Timeout
}

interface ActiveCall {
  readonly held: Held
  readonly granted: Sum
}

/** A model call, and the amount of its reservation that the call has used at its end. */
interface EndedCall {
  /** Id of the reservation from which the amount is to be taken; undefined if the reservation is released as a whole. */
  readonly drawn: string | undefined
  readonly amount: Sum
  /** Whether the call used more than it had reserved. */
  readonly exceeded: boolean
}

const minus = (a: Sum, b: Sum): Sum => ({ tokens: a.tokens - b.tokens, nanoUsd: a.nanoUsd - b.nanoUsd })
const plus = (a: Sum, b: Sum): Sum => ({ tokens: a.tokens + b.tokens, nanoUsd: a.nanoUsd + b.nanoUsd })
const least = (a: Sum, b: Sum): Sum => ({
  tokens: Math.min(a.tokens, b.tokens),
  nanoUsd: Math.min(a.nanoUsd, b.nanoUsd),
})
const fits = (part: Sum, whole: Sum): boolean => part.tokens <= whole.tokens && part.nanoUsd <= whole.nanoUsd

/**
 * The reservations of this process, and the calls that use them. The amounts of active calls and what is free of a reservation are never more than
 * the reservation has in the database.
 */
export class HeldReservations {
  readonly #release: (caller: Caller, reservation: string) => void
  readonly #ofRun = new Map<string, Set<Held>>()
  readonly #calls = new Map<string, ActiveCall>()
  /**
   * Tokens that a run has used beyond its reservations since it has held one: in calls without a reservation, such as summaries of conversations, or
   * in a call that used more than it had reserved.
   */
  readonly #unreserved = new Map<string, number>()

  /** @param release called for a reservation that no call uses any more */
  constructor(release: (caller: Caller, reservation: string) => void) {
    this.#release = release
  }

  /**
   * Takes the amount of a call out of a reservation of its attempt.
   *
   * @param most maximum amount of the call
   * @param enough minimum that must be free; `most` by default
   * @returns id of the call and its amount; undefined if no reservation has enough
   */
  take(caller: Caller, budgets: Budgets, most: Sum, enough: Sum = most): { call: string; granted: Sum } | undefined {
    // What was used beyond the reservations may have exhausted a budget, so the database has to decide.
    if ((this.#unreserved.get(caller.runId) ?? 0) > 0) return undefined
    for (const held of this.#ofRun.get(caller.runId) ?? []) {
      if (held.caller.attempt !== caller.attempt || held.budgets !== budgets || !fits(enough, held.free)) continue
      return this.#begin(crypto.randomUUID(), held, least(most, held.free))
    }
    return undefined
  }

  /** Adds a new reservation of the database, and its first call, whose id is that of the reservation. @returns the amount of the call */
  add(caller: Caller, budgets: Budgets, reservation: string, reserved: Sum, most: Sum): Sum {
    const granted = least(reserved, most)
    const held: Held = { caller, budgets, reservation, ahead: !fits(reserved, granted), free: reserved, active: 0 }
    const ofRun = this.#ofRun.get(caller.runId) ?? new Set()
    this.#ofRun.set(caller.runId, ofRun.add(held))
    return this.#begin(reservation, held, granted).granted
  }

  /** Ends a call that used the given amount. @returns undefined for an unknown call */
  end(call: string, spent: Sum): EndedCall | undefined {
    const known = this.#calls.get(call)
    if (!known) return undefined
    this.#calls.delete(call)
    const { held, granted } = known
    const amount = least(spent, granted)
    held.active -= 1
    held.free = plus(held.free, minus(granted, amount))
    const exceeded = !fits(spent, granted)
    const { runId } = held.caller
    const unreserved = (this.#unreserved.get(runId) ?? 0) - amount.tokens
    this.#unreserved.set(runId, Math.max(exceeded ? 1 : 0, unreserved))
    const kept = held.active > 0 || (held.ahead && fits(granted, held.free))
    if (!kept) this.#drop(held)
    else if (held.active === 0) held.timer = setTimeout(() => this.#drop(held), idleMs).unref()
    return { drawn: kept ? held.reservation : undefined, amount, exceeded }
  }

  /** Notes tokens that a model call of a run has used. If the call has a reservation, its end subtracts them again. */
  used(runId: string, tokens: number): void {
    if (this.#ofRun.has(runId)) this.#unreserved.set(runId, (this.#unreserved.get(runId) ?? 0) + tokens)
  }

  /** Releases all reservations of a run that no active call uses. */
  releaseIdle(runId: string): void {
    for (const held of this.#ofRun.get(runId) ?? []) if (held.active === 0) this.#drop(held)
  }

  #begin(call: string, held: Held, granted: Sum): { call: string; granted: Sum } {
    clearTimeout(held.timer)
    held.active += 1
    held.free = minus(held.free, granted)
    this.#calls.set(call, { held, granted })
    return { call, granted }
  }

  #drop(held: Held): void {
    clearTimeout(held.timer)
    const { caller, reservation } = held
    const ofRun = this.#ofRun.get(caller.runId)
    ofRun?.delete(held)
    if (ofRun?.size === 0) {
      this.#ofRun.delete(caller.runId)
      this.#unreserved.delete(caller.runId)
    }
    this.#release(caller, reservation)
  }
}
