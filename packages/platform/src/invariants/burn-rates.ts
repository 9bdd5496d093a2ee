import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }
const seconds = (window: string): number => Number(window.slice(0, -1)) * (secondsOf[window.slice(-1)] ?? Number.NaN)

/** Requires that every burn-rate alert can fire, and within the window of its error budget. */
export function burnRates({ slo }: Environment): Problem[] {
  const { availabilityPercent, windowDays } = slo
  return slo.burnRates.flatMap(({ factor, long, short }, index) => {
    const path = `slo.burnRates[${index}]`
    const problems: Problem[] = []
    if (seconds(long) > windowDays * 86_400)
      problems.push({
        path: `${path}.long`,
        value: long,
        allowed: `Must be at most slo.windowDays (${windowDays}d), the window of the error budget.`,
        remedy: 'Shorten it, or raise slo.windowDays.',
      })
    if (seconds(short) >= seconds(long))
      problems.push({
        path: `${path}.short`,
        value: short,
        allowed: `Must be less than long (${long}): the short window resolves the alert soon after the failures stop.`,
        remedy: 'Shorten it. A twelfth of long is usual.',
      })
    if (factor * (100 - availabilityPercent) >= 100)
      problems.push({
        path: `${path}.factor`,
        value: factor,
        allowed: `Must be less than ${100 / (100 - availabilityPercent)}: with slo.availabilityPercent = ${availabilityPercent}, a higher factor needs more than 100 % failures, so the alert could never fire.`,
        remedy: 'Lower it, or raise slo.availabilityPercent.',
      })
    return problems
  })
}
