import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

const units = ['tokens', 'usd'] as const
/** A thread may live for many days, so its budget and the tenant's of one day say nothing of each other. */
const wider = ['thread', 'tenantPerDay'] as const

/** A run's budget that a wider one always meets first is never reached: one of the two is a slip. */
export function budgets({ budgets: all }: Environment): Problem[] {
  return units.flatMap((unit) =>
    wider.flatMap((scope) => {
      const [ofRun, ofScope] = [all.run?.[unit], all[scope]?.[unit]]
      if (ofRun === undefined || ofScope === undefined || ofRun <= ofScope) return []
      return [
        {
          path: `budgets.run.${unit}`,
          value: ofRun,
          allowed: `Allowed is at most budgets.${scope}.${unit} (${ofScope}), which ends sooner.`,
          remedy: `Lower it, or raise budgets.${scope}.${unit}.`,
        },
      ]
    }),
  )
}
