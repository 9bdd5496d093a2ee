/** What a budget is for. A day ends at midnight UTC. */
export type Scope = 'run' | 'thread' | 'tenantPerDay'
export type Unit = 'tokens' | 'usd'

export const scopes: readonly Scope[] = ['thread', 'run', 'tenantPerDay']
export const units: readonly Unit[] = ['tokens', 'usd']

/** Tokens of every kind together, and US dollars. */
export type Amount = Readonly<Record<Unit, number>>

/** The most that may be spent for each scope, in either unit or both. A scope that is not there has no bound. */
export type Budgets = { readonly [scope in Scope]?: { readonly [unit in Unit]?: number | undefined } | undefined }

/** For whom a call is made. */
export interface Spender {
  readonly tenant: string
  /** The session, subagents included. */
  readonly threadId: string | undefined
  readonly runId: string | undefined
  /** Of a run that may be taken up again by another process. */
  readonly attempt: number | undefined
}

/** Which budget a call does not fit into. */
export interface Refusal {
  readonly scope: Scope
  readonly unit: Unit
  readonly limit: number
  readonly used: number
  /** By other calls that are under way. */
  readonly reserved: number
  /** What the call takes at least. */
  readonly needed: number
}

export type Verdict =
  | { readonly kind: 'reserved'; readonly reservation: string; readonly granted: Amount }
  /** What is left is reserved by calls under way; they may leave enough of it. */
  | { readonly kind: 'busy'; readonly refusal: Refusal }
  /** It does not fit into what is left, whatever the others leave. */
  | { readonly kind: 'exceeded'; readonly refusal: Refusal }

/**
 * Who keeps count. However many callers there are, what is used and reserved in a scope never passes its budget: a call is granted what it
 * may take at most, or all that is left if that is less, and nothing below what it takes at least.
 */
export interface BudgetLedger {
  /** Before a call. Only asked where there are budgets. */
  reserve(spender: Spender, least: Amount, most: Amount, budgets: Budgets): Promise<Verdict>
  /**
   * After a call, whether it answered or failed: gives the reservation back and counts what was used.
   *
   * @returns tokens of the session so far, these included; undefined without a session, or where the ledger hears of what was used from
   *   somebody else (then it only gives the reservation back)
   */
  settle(spender: Spender, spent: Amount, reservation: string | undefined): Promise<number | undefined>
}

const words: Readonly<Record<Scope, string>> = { run: 'run', thread: 'thread', tenantPerDay: "tenant's day" }
const written = (unit: Unit, amount: number): string =>
  unit === 'tokens' ? `${amount} tokens` : `$${Number(amount.toFixed(6))}`

/** A call of a model was not made, since it would have passed a budget. What the run did until then is kept. */
export class BudgetExceeded extends Error {
  readonly code = 'budget_exceeded'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    const { scope, unit, limit, used, reserved, needed } = refusal
    const others = reserved > 0 ? `, ${written(unit, reserved)} are reserved by other calls` : ''
    super(
      `The budget of the ${words[scope]} is ${written(unit, limit)}: ${written(unit, used)} are used${others}, and the next call of a model takes at ` +
        `least ${written(unit, needed)}. It was not made. Raise budgets.${scope}.${unit}, then continue the thread: nothing of it is lost.`,
    )
    this.name = 'BudgetExceeded'
    this.refusal = refusal
  }
}
