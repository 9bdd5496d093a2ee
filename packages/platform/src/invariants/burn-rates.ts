import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 }
const seconds = (window: string): number => Number(window.slice(0, -1)) * (secondsOf[window.slice(-1)] ?? Number.NaN)

/** A burn rate that can't fire, or that fires after the budget's window, is an alert that nobody gets. */
export function burnRates({ slo }: Environment): Problem[] {
  const { availabilityPercent, windowDays } = slo
  return slo.burnRates.flatMap(({ factor, long, short }, index) => {
    const path = `slo.burnRates[${index}]`
    const problems: Problem[] = []
    if (seconds(long) > windowDays * 86_400)
      problems.push({
        path: `${path}.long`,
        value: long,
        allowed: `Allowed is at most slo.windowDays (${windowDays}d): the budget is of that window.`,
        remedy: 'Shorten it, or raise slo.windowDays.',
      })
    if (seconds(short) >= seconds(long))
      problems.push({
        path: `${path}.short`,
        value: short,
        allowed: `Allowed is less than long (${long}): it is there to end the alert soon after the trouble ends.`,
        remedy: 'Shorten it; a twelfth of long is usual.',
      })
    if (factor * (100 - availabilityPercent) >= 100)
      problems.push({
        path: `${path}.factor`,
        value: factor,
        allowed: `Allowed is less than ${100 / (100 - availabilityPercent)}: at slo.availabilityPercent = ${availabilityPercent} more would need over 100 % of failures, so it could never fire.`,
        remedy: 'Lower it, or raise slo.availabilityPercent.',
      })
    return problems
  })
}
