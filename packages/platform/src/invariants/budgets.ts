import type { Environment } from '../environment.ts'
import type { Problem } from '../problem.ts'

const units = ['tokens', 'usd'] as const
/**
 * Budget scopes that contain a run. They are not compared with each other, because a thread may live for many days and the budgets of users and
 * tenants are per day.
 */
const wider = ['thread', 'userPerDay', 'tenantPerDay'] as const

/** Requires a run's budget to be at most the budgets of its thread, and of its user's and its tenant's day. A larger one would never take effect. */
export function budgets({ budgets: all }: Environment): Problem[] {
  return units.flatMap((unit) =>
    wider.flatMap((scope) => {
      const [ofRun, ofScope] = [all.run?.[unit], all[scope]?.[unit]]
      if (ofRun === undefined || ofScope === undefined || ofRun <= ofScope) return []
      return [
        {
          path: `budgets.run.${unit}`,
          value: ofRun,
          allowed: `Must be at most budgets.${scope}.${unit} (${ofScope}): a larger budget would never take effect.`,
          remedy: `Lower it, or raise budgets.${scope}.${unit}.`,
        },
      ]
    }),
  )
}
