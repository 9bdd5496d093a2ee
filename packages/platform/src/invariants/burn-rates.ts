import { burnFactor } from '../burn-factor.ts'
import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'
import { windowSeconds } from '../window-seconds.ts'

/** Requires that every burn-rate alert can fire, and within the window of its error budget. */
export function burnRates({ slo }: Environment): Problem[] {
  const { availabilityPercent, windowDays } = slo
  return slo.burnRates.flatMap((rate, index) => {
    const { budgetPercent, long, short } = rate
    const factor = burnFactor(slo, rate)
    const path = `slo.burnRates[${index}]`
    const problems: Problem[] = []
    if (windowSeconds(long) > windowDays * 86_400)
      problems.push({
        path: `${path}.long`,
        value: long,
        allowed: `Must be at most slo.windowDays (${windowDays}d), the window of the error budget.`,
        remedy: 'Shorten it, or raise slo.windowDays.',
      })
    if (windowSeconds(short) >= windowSeconds(long))
      problems.push({
        path: `${path}.short`,
        value: short,
        allowed: `Must be less than long (${long}): the short window resolves the alert soon after the failures stop.`,
        remedy: 'Shorten it. A twelfth of long is usual.',
      })
    if (factor * (100 - availabilityPercent) >= 100)
      problems.push({
        path: `${path}.budgetPercent`,
        value: budgetPercent,
        allowed: `It is a burn rate of ${factor}, which must be less than ${Number((100 / (100 - availabilityPercent)).toPrecision(6))}: with slo.availabilityPercent = ${availabilityPercent}, a higher burn rate needs more than 100 % failures, so the alert could never fire.`,
        remedy: 'Lower it, lengthen long, shorten slo.windowDays, or raise slo.availabilityPercent.',
      })
    return problems
  })
}
