import type { Slo } from './schema/observability.ts'
import { windowSeconds } from './window-seconds.ts'

/**
 * Burn rate at which a burn-rate alert fires: the speed at which the error budget is used, as a multiple of the speed that uses it up in
 * exactly `slo.windowDays`. At least 1, because a slower burn stays within the objective.
 */
export const burnFactor = (
  { windowDays }: Pick<Slo, 'windowDays'>,
  { budgetPercent, long }: Pick<Slo['burnRates'][number], 'budgetPercent' | 'long'>,
): number => {
  const factor = ((budgetPercent / 100) * windowDays * 86_400) / windowSeconds(long)
  return Math.max(1, Number(factor.toPrecision(6)))
}
