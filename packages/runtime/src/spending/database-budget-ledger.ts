import { randomUUID } from 'node:crypto'
import type { Amount, BudgetLedger, Budgets, Refusal, Spender, Verdict } from '@hadal/middleware/token-budget/ledger'
import type pg from 'pg'
import { isConnectionTrouble } from '../store/connection-trouble.ts'
import {
  type Caller,
  callerOf,
  nano,
  type ReserveAnswer,
  reserveSpending,
  type Sum,
  toSum,
} from '../store/queries/spending.ts'
import { retryWhileLeased } from '../store/retry-while-leased.ts'
import { SpendingUnavailable } from '../store/spending-unavailable.ts'
import { HeldReservations } from './held-reservations.ts'
import type { SpendingWriter } from './spending-writer.ts'

/**
 * Maximum number of further calls of a run for which a reservation is made together with that of a call, if the budgets have plenty left. Most calls
 * then need no statement before them.
 */
const callsAhead = 7

/**
 * Budget ledger of all processes in PostgreSQL. A reservation is valid while its run's attempt has its lease, so a reservation of a dead process no
 * longer counts when the run starts again. The observer of runs records the used amounts instead of `settle`, since it sees calls that no middleware
 * sees.
 */
export class DatabaseBudgetLedger implements BudgetLedger {
  readonly #pool: pg.Pool
  readonly #writer: SpendingWriter
  readonly #held: HeldReservations

  constructor(pool: pg.Pool, writer: SpendingWriter) {
    this.#pool = pool
    this.#writer = writer
    this.#held = new HeldReservations((caller, reservation) => writer.release(caller, reservation))
  }

  async reserve(spender: Spender, least: Amount, most: Amount, budgets: Budgets): Promise<Verdict> {
    const caller = callerOf(spender)
    const ahead = this.#take(caller, budgets, toSum(most))
    if (ahead) return ahead
    this.#held.releaseIdle(caller.runId)
    // The database decides by what is written. Calls without a reservation may have used up a budget, and a released reservation counts until then.
    await this.#writer.flush(caller.runId)
    const verdict = await this.#ask(caller, least, most, budgets)
    if (verdict.kind === 'reserved') return verdict
    // The rest of a budget may be in a reservation of this run.
    return this.#take(caller, budgets, toSum(most), toSum(least)) ?? verdict
  }

  #take(caller: Caller, budgets: Budgets, most: Sum, enough?: Sum): Verdict | undefined {
    const taken = this.#held.take(caller, budgets, most, enough)
    return taken && { kind: 'reserved', reservation: taken.call, granted: toAmount(taken.granted) }
  }

  async #ask(caller: Caller, least: Amount, most: Amount, budgets: Budgets): Promise<Verdict> {
    let reservation = randomUUID()
    let tries = 0
    let answer: ReserveAnswer
    try {
      answer = await retryWhileLeased(() => {
        // An earlier try may have made its reservation although its response was lost.
        if (tries > 0) this.#writer.release(caller, reservation)
        if (tries > 0) reservation = randomUUID()
        tries += 1
        return reserveSpending(
          this.#pool,
          reservation,
          caller,
          toSum(least),
          toSum(most),
          callsAhead,
          limitsOf(budgets),
        )
      })
    } catch (error) {
      throw isConnectionTrouble(error) ? new SpendingUnavailable(error) : error
    }
    if (answer.verdict !== 'reserved') return { kind: answer.verdict, refusal: refusalOf(answer, least) }
    const reserved = { tokens: Number(answer.granted_tokens), nanoUsd: Number(answer.granted_nano_usd) }
    const granted = this.#held.add(caller, budgets, reservation, reserved, toSum(most))
    return { kind: 'reserved', reservation, granted: toAmount(granted) }
  }

  async settle(spender: Spender, spent: Amount, reservation: string | undefined): Promise<undefined> {
    if (reservation === undefined) return
    const caller = callerOf(spender)
    const ended = this.#held.end(reservation, toSum(spent))
    if (!ended) this.#writer.release(caller, reservation)
    else if (ended.drawn) this.#writer.draw(caller, ended.drawn, ended.amount)
    // The reservation covers the usage until it is written. If the usage exceeds it, the usage must be written before the next reservation.
    if (ended?.exceeded) await this.#writer.flush(caller.runId)
  }

  /** Notes tokens that a model call of a run has used, so that calls without a reservation count before the next reserved one. */
  used(runId: string, tokens: number): void {
    this.#held.used(runId, tokens)
  }

  /** Writes everything that the calls of a run have used, and releases what is reserved for further calls. Call it at the end of an attempt. */
  async flush(runId: string): Promise<void> {
    this.#held.releaseIdle(runId)
    await this.#writer.flush(runId)
  }
}

const toAmount = ({ tokens, nanoUsd }: Sum): Amount => ({ tokens, usd: nanoUsd / nano })

const limitsOf = (budgets: Budgets): object =>
  Object.fromEntries(
    Object.entries(budgets).map(([scope, limit]) => [
      scope,
      limit && { tokens: limit.tokens, nano_usd: limit.usd === undefined ? undefined : Math.round(limit.usd * nano) },
    ]),
  )

function refusalOf(answer: ReserveAnswer, least: Amount): Refusal {
  const unit = answer.refused_unit === 'tokens' ? 'tokens' : 'usd'
  const amount = (digits: string | null): number => Number(digits) / (unit === 'tokens' ? 1 : nano)
  return {
    scope: answer.refused_scope ?? 'run',
    unit,
    limit: amount(answer.refused_bound),
    used: amount(answer.refused_used),
    reserved: amount(answer.refused_reserved),
    needed: least[unit],
  }
}
