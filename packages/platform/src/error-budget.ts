import { burnFactor } from './burn-factor.ts'
import type { Slo } from './schema/observability.ts'
import { windowSeconds } from './window-seconds.ts'

/** Error budget of an objective in minutes: how long everything may fail in `slo.windowDays`. */
export const errorBudgetMinutes = ({
  availabilityPercent,
  windowDays,
}: Pick<Slo, 'availabilityPercent' | 'windowDays'>): number =>
  Number((windowDays * 1_440 * (1 - availabilityPercent / 100)).toPrecision(6))

/** A burn rate of an objective, as the person on call sees it. */
export interface Burn {
  readonly severity: Slo['burnRates'][number]['severity']
  readonly long: string
  readonly short: string
  /** Share of failures in percent above which the alert fires. */
  readonly failuresPercent: number
  /** Minutes of the error budget that are used when the alert fires. */
  readonly usedMinutes: number
  /** Hours until the whole budget is used at this rate. */
  readonly hoursUntilUsed: number
}

/** The burn rates of an objective in minutes of its error budget. */
export function burnsOf(slo: Slo): Burn[] {
  const budget = errorBudgetMinutes(slo)
  return slo.burnRates.map((rate) => {
    const factor = burnFactor(slo, rate)
    const rounded = (value: number): number => Number(value.toPrecision(3))
    return {
      severity: rate.severity,
      long: rate.long,
      short: rate.short,
      failuresPercent: rounded(Math.min(100, factor * (100 - slo.availabilityPercent))),
      usedMinutes: rounded((budget * factor * windowSeconds(rate.long)) / (slo.windowDays * 86_400)),
      hoursUntilUsed: rounded((slo.windowDays * 24) / factor),
    }
  })
}
