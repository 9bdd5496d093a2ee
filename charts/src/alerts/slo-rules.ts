import type { Environment } from '@hadal/platform/environment'
import { failedRequests, failedRuns, metrics, series } from './metrics.ts'
import type { RecordingRule } from './rule.ts'

/** Ratio that has an objective: failed runs or failed requests. Both have the objective `slo.availabilityPercent`. */
export type Objective = 'run_failures' | 'request_failures'

/** Name of the recorded series with the share of failures over a window: `job:run_failures:ratio_rate5m`. */
export const failureRatio = (objective: Objective, window: string): string => `job:${objective}:ratio_rate${window}`

const counted = {
  run_failures: { failed: failedRuns, all: metrics.runsFinished },
  request_failures: { failed: failedRequests, all: metrics.requests },
} as const satisfies Record<Objective, { failed: (environment: Environment) => string; all: string }>

/** One recording rule per window of the burn rates, in the order of their first use. */
export function sloRules(environment: Environment, objective: Objective): RecordingRule[] {
  const windows = new Set(environment.slo.burnRates.flatMap(({ long, short }) => [short, long]))
  const { failed, all } = counted[objective]
  return [...windows].map((window) => {
    const rate = (of: string) => `sum by (job) (rate(${of}[${window}]))`
    return {
      record: failureRatio(objective, window),
      expr: `${rate(failed(environment))} / ${rate(series(environment, all))}`,
    }
  })
}
