import { type Amount, type Budgets, type Refusal, scopes, units } from './ledger.ts'

/** Used and reserved amounts of a budget's scope. */
export interface Spending {
  readonly used: Amount
  readonly reserved: Amount
}

export type Judgement =
  | { readonly kind: 'granted'; readonly granted: Amount }
  | { readonly kind: 'busy' | 'exceeded'; readonly refusal: Refusal }

/**
 * Whether a model call fits into all its budgets, and the amount that it can reserve. An exhausted budget takes precedence over one that is
 * only reserved.
 */
export function judge(
  budgets: Budgets,
  spending: (scope: keyof Budgets) => Spending,
  least: Amount,
  most: Amount,
): Judgement {
  const granted = { ...most }
  let busy: Refusal | undefined
  for (const scope of scopes) {
    for (const unit of units) {
      const limit = budgets[scope]?.[unit]
      if (limit === undefined) continue
      const { used, reserved } = spending(scope)
      const refusal = { scope, unit, limit, used: used[unit], reserved: reserved[unit], needed: least[unit] }
      const left = limit - used[unit]
      // A budget with nothing left refuses even a call that is free.
      if (left < least[unit] || left <= 0) return { kind: 'exceeded', refusal }
      if (left - reserved[unit] < least[unit] || left - reserved[unit] <= 0) busy ??= refusal
      granted[unit] = Math.min(granted[unit], left - reserved[unit])
    }
  }
  return busy ? { kind: 'busy', refusal: busy } : { kind: 'granted', granted }
}
