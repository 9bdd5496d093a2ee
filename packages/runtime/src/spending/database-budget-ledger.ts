import { randomUUID } from 'node:crypto'
import type { Amount, BudgetLedger, Budgets, Refusal, Spender, Verdict } from '@hadal/middleware/token-budget/ledger'
import type pg from 'pg'
import { isConnectionTrouble } from '../store/connection-trouble.ts'
import { type Caller, callerOf, nano, type ReserveAnswer, reserveSpending, toSum } from '../store/queries/spending.ts'
import { retryWhileLeased } from '../store/retry-while-leased.ts'
import { SpendingUnavailable } from '../store/spending-unavailable.ts'
import type { SpendingWriter } from './spending-writer.ts'

/**
 * Budget ledger of all processes in PostgreSQL. A reservation is valid while its run's attempt has its lease, so a reservation of a dead process no
 * longer counts when the run starts again. The observer of runs records the used amounts instead of `settle`, since it sees calls that no middleware
 * sees.
 */
export class DatabaseBudgetLedger implements BudgetLedger {
  readonly #pool: pg.Pool
  readonly #writer: SpendingWriter
  /** Granted amounts of active budget reservations, by the id of the reservation. */
  readonly #granted = new Map<string, Amount>()

  constructor(pool: pg.Pool, writer: SpendingWriter) {
    this.#pool = pool
    this.#writer = writer
  }

  async reserve(spender: Spender, least: Amount, most: Amount, budgets: Budgets): Promise<Verdict> {
    const caller = callerOf(spender)
    const verdict = await this.#ask(caller, least, most, budgets)
    if (verdict.kind === 'reserved') return verdict
    // If the last call of the run is not written yet, its reservation still counts, which is higher than its usage.
    await this.#writer.flush(caller.runId)
    return this.#ask(caller, least, most, budgets)
  }

  async #ask(caller: Caller, least: Amount, most: Amount, budgets: Budgets): Promise<Verdict> {
    let reservation = randomUUID()
    let tries = 0
    const limits = Object.fromEntries(
      Object.entries(budgets).map(([scope, limit]) => [
        scope,
        limit && { tokens: limit.tokens, nano_usd: limit.usd === undefined ? undefined : Math.round(limit.usd * nano) },
      ]),
    )
    let answer: ReserveAnswer
    try {
      answer = await retryWhileLeased(() => {
        // An earlier try may have made its reservation although its response was lost.
        if (tries > 0) this.#writer.release(caller, reservation)
        if (tries > 0) reservation = randomUUID()
        tries += 1
        return reserveSpending(this.#pool, reservation, caller, toSum(least), toSum(most), limits)
      })
    } catch (error) {
      throw isConnectionTrouble(error) ? new SpendingUnavailable(error) : error
    }
    if (answer.verdict !== 'reserved') return { kind: answer.verdict, refusal: refusalOf(answer, least) }
    const granted = { tokens: Number(answer.granted_tokens), usd: Number(answer.granted_nano_usd) / nano }
    this.#granted.set(reservation, granted)
    return { kind: 'reserved', reservation, granted }
  }

  async settle(spender: Spender, spent: Amount, reservation: string | undefined): Promise<undefined> {
    if (reservation === undefined) return
    const granted = this.#granted.get(reservation)
    this.#granted.delete(reservation)
    const caller = callerOf(spender)
    this.#writer.release(caller, reservation)
    // The reservation covers the usage until it is written. If the usage exceeds it, the usage must be written before the next reservation.
    if (granted && (spent.tokens > granted.tokens || spent.usd > granted.usd)) await this.#writer.flush(caller.runId)
  }
}

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
