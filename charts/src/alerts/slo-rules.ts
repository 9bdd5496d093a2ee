import type { Environment } from '@hadal/platform/environment'
import { windowSeconds } from '@hadal/platform/window-seconds'
import { failedRequests, failedRuns, metrics, partLabel, series } from './metrics.ts'
import type { RecordingRule } from './rule.ts'

/** Ratio that has an objective: failed runs or failed requests. Both have the objective `slo.availabilityPercent`. */
export type Objective = 'run_failures' | 'request_failures'

/** Name of the recorded series with the share of failures over a window: `job:run_failures:ratio_rate5m`. */
export const failureRatio = (objective: Objective, window: string): string => `job:${objective}:ratio_rate${window}`

/** Name of the recorded series with the number of failures in a window: `job:run_failures:increase1h`. */
export const failureCount = (objective: Objective, window: string): string => `job:${objective}:increase${window}`

/** Name of the recorded series that is 1 while no pod of the API is up, and 0 otherwise. */
export const apiDown = 'job:api_down:bool'

/** Name of the recorded series with the share of a window in which no pod of the API was up: `job:api_down:ratio1h`. */
const apiDownRatio = (window: string): string => `job:api_down:ratio${window}`

/** Interval in seconds at which the recording rules are evaluated. `apiDownRatio` divides by the number of evaluations in a window. */
export const recordedEverySeconds = 60

const counted = {
  run_failures: { failed: failedRuns, all: metrics.runsFinished },
  request_failures: { failed: failedRequests, all: metrics.requests },
} as const satisfies Record<Objective, { failed: (environment: Environment) => string; all: string }>

/** Recording rules per window of the burn rates, in the order of their first use. */
export function sloRules(environment: Environment, objective: Objective): RecordingRule[] {
  const rates = environment.slo.burnRates
  const windows = [...new Set(rates.flatMap(({ long, short }) => [short, long]))]
  const longWindows = [...new Set(rates.map(({ long }) => long))]
  const { failed, all } = counted[objective]
  const share = (window: string) => {
    const rate = (of: string) => `sum by (job) (rate(${of}[${window}]))`
    return `${rate(failed(environment))} / ${rate(series(environment, all))}`
  }
  const counts = longWindows.map((window) => ({
    record: failureCount(objective, window),
    expr: `sum by (job) (increase(${failed(environment)}[${window}]))`,
  }))
  if (objective === 'run_failures')
    return [...windows.map((window) => ({ record: failureRatio(objective, window), expr: share(window) })), ...counts]
  return [
    ...downRules(environment, windows),
    ...windows.map((window) => withDown(environment, window, share(window))),
    ...counts,
  ]
}

/** Records whether the API is down, and the share of each window in which it was. A dead pod gives no samples, so its requests can't be counted. */
function downRules(environment: Environment, windows: readonly string[]): RecordingRule[] {
  const up = series(environment, 'up', { [partLabel]: 'server' })
  return [
    { record: apiDown, expr: `(sum by (job) (${up}) == bool 0) or sum by (job) (absent(${up}))` },
    ...windows.map((window) => ({
      record: apiDownRatio(window),
      // Not `avg_over_time`: in a new environment a minute without a pod would be the whole of every window.
      expr: `sum_over_time(${series(environment, apiDown)}[${window}]) / ${windowSeconds(window) / recordedEverySeconds}`,
    })),
  ]
}

/** Records the share of failed requests. All requests count as failed while the API is down, as if clients sent them evenly. */
function withDown(environment: Environment, window: string, failed: string): RecordingRule {
  const down = series(environment, apiDownRatio(window))
  // Without requests the share is NaN or missing: then the time in which the API was down counts alone.
  return {
    record: failureRatio('request_failures', window),
    expr: `${down} + (1 - ${down}) * ((${failed}) >= 0 or 0 * ${down})`,
  }
}
