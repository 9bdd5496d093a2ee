/** Scope of a budget: a run, a thread, or the day of a user or of a tenant, which ends at midnight UTC. */
export type Scope = 'run' | 'thread' | 'userPerDay' | 'tenantPerDay'
export type Unit = 'tokens' | 'usd'

export const scopes: readonly Scope[] = ['thread', 'run', 'userPerDay', 'tenantPerDay']
export const units: readonly Unit[] = ['tokens', 'usd']

/** An amount of a budget in both units: the sum of all kinds of tokens, and US dollars. */
export type Amount = Readonly<Record<Unit, number>>

/** Budgets: the maximum amount per scope, in one unit or both. A missing scope has no limit. */
export type Budgets = { readonly [scope in Scope]?: { readonly [unit in Unit]?: number | undefined } | undefined }

/** Tenant, user, thread and run of a model call. */
export interface Spender {
  readonly tenant: string
  /** User who started the run. Without a user, a budget per user has no effect. */
  readonly user?: string | undefined
  /** Id of the thread, also for model calls of subagents. */
  readonly threadId: string | undefined
  readonly runId: string | undefined
  /** Number of the run's attempt, if another process may execute the run again. */
  readonly attempt: number | undefined
}

/** The budget that a model call would exceed, with its amounts. */
export interface Refusal {
  readonly scope: Scope
  readonly unit: Unit
  readonly limit: number
  readonly used: number
  /** Amount of the budget that other active model calls have reserved. */
  readonly reserved: number
  /** Minimum amount that the model call needs. */
  readonly needed: number
}

/** Result of the reservation of a model call in its budgets. */
export type Verdict =
  | { readonly kind: 'reserved'; readonly reservation: string; readonly granted: Amount }
  /** Verdict: other model calls have reserved the rest of the budget, and may release enough of it. */
  | { readonly kind: 'busy'; readonly refusal: Refusal }
  /** Verdict: the model call does not fit into the rest of the budget, even if other calls release all their reservations. */
  | { readonly kind: 'exceeded'; readonly refusal: Refusal }

/**
 * Stores the used and reserved amounts of budgets. Their sum never exceeds the budget of a scope, however many callers there are. A call gets its
 * maximum amount or, if less is left, all that is left, but never less than its minimum amount.
 */
export interface BudgetLedger {
  /** Reserves the amount of a model call before it is made. It is called only if there are budgets. */
  reserve(spender: Spender, least: Amount, most: Amount, budgets: Budgets): Promise<Verdict>
  /**
   * Releases the reservation after a call, even a failed one, and counts the used amount.
   *
   * @returns number of tokens of the session so far, including this call; undefined without a session, or if the ledger gets used amounts from
   *   another source and only releases the reservation
   */
  settle(spender: Spender, spent: Amount, reservation: string | undefined): Promise<number | undefined>
}

const words: Readonly<Record<Scope, string>> = {
  run: 'run',
  thread: 'thread',
  userPerDay: "user's day",
  tenantPerDay: "tenant's day",
}
const written = (unit: Unit, amount: number): string =>
  unit === 'tokens' ? `${amount} tokens` : `$${Number(amount.toFixed(6))}`

/** Error for a model call that was not made because it would exceed a budget. Earlier steps of the run are kept. */
export class BudgetExceeded extends Error {
  readonly code = 'budget_exceeded'
  readonly refusal: Refusal

  constructor(refusal: Refusal) {
    const { scope, unit, limit, used, reserved, needed } = refusal
    const others = reserved > 0 ? `, ${written(unit, reserved)} are reserved by other calls` : ''
    super(
      `The budget of the ${words[scope]} is ${written(unit, limit)}: ${written(unit, used)} are used${others}, and the next model call needs at ` +
        `least ${written(unit, needed)}. It was not made. Raise budgets.${scope}.${unit}, then continue the thread: it keeps all its steps.`,
    )
    this.name = 'BudgetExceeded'
    this.refusal = refusal
  }
}
