import type { Environment } from '@hadal/platform/environment'
import type { RecordingRule } from '../custom-kinds/prometheus.ts'
import { failedRuns, metrics, series } from './metrics.ts'

/** The recorded share of failed runs over a window: `job:run_failures:ratio_rate5m`. */
export const failureRatio = (window: string): string => `job:run_failures:ratio_rate${window}`

/** One recording rule a window that the burn rates look at, shortest text first in the order of their first use. */
export function sloRules(environment: Environment): RecordingRule[] {
  const windows = new Set(environment.slo.burnRates.flatMap(({ long, short }) => [short, long]))
  return [...windows].map((window) => {
    const rate = (of: string) => `sum by (job) (rate(${of}[${window}]))`
    return {
      record: failureRatio(window),
      expr: `${rate(failedRuns(environment))} / ${rate(series(environment, metrics.runsFinished))}`,
    }
  })
}
