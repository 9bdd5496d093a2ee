import type { Environment } from '@hadal/platform/environment'
import { type Alert, type AlertCase, nothing } from './alert.ts'
import { scrapeJob } from './metrics.ts'
import { failureRatio, type Objective } from './slo-rules.ts'

/** The error budget: the share of requests or runs that may fail. */
const budget = ({ slo }: Environment): number => 1 - slo.availabilityPercent / 100

/** Threshold for an alert's PromQL expression: the error budget times a burn rate, rounded to six digits. */
const bound = (factor: number, environment: Environment): number =>
  Number((factor * budget(environment)).toPrecision(6))

const labelsOf = ({ long, short }: { long: string; short: string }) => ({ long_window: long, short_window: short })

/** An alert on the burn rate of an objective's error budget: one rule per burn rate, over a long and a short window. */
export function burnRates(
  texts: Pick<Alert, 'name' | 'summary' | 'description'>,
  objective: Objective,
  /** Series of the test cases: a counter of failures and a counter of successes, both of one pod. */
  played: (environment: Environment) => { readonly failed: string; readonly succeeded: string },
): Alert {
  return {
    ...texts,
    rules: (environment) =>
      environment.slo.burnRates.map((rate) => {
        const over = (window: string) => `${failureRatio(objective, window)}{job="${scrapeJob(environment)}"}`
        const least = bound(rate.factor, environment)
        return {
          expr: `${over(rate.long)} > ${least} and ${over(rate.short)} > ${least}`,
          for: '2m',
          severity: rate.severity,
          labels: labelsOf(rate),
        }
      }),
    cases: (environment) => {
      const rates = environment.slo.burnRates
      const lowest = Math.min(...rates.map(({ factor }) => bound(factor, environment)))
      const highest = Math.max(...rates.map(({ factor }) => bound(factor, environment)))
      const job = scrapeJob(environment)
      const series = played(environment)
      return {
        // Above the fastest burn rate every rule fires: the failures last longer than every window.
        fires: failing(
          series,
          Math.min(highest * 1.05, 1),
          rates.map((rate) => ({ job, ...labelsOf(rate) })),
        ),
        justUnder: failing(series, lowest * 0.95, []),
        noData: nothing('2h'),
        // Failures are still in the long windows and no longer in the short ones: the problem is over.
        over: failedOnce(environment, series, highest * 1.05),
      }
    },
  }
}

type Played = { readonly failed: string; readonly succeeded: string }

const perMinute = 1_000_000
const failingMinutes = 120
const minutesOf: Readonly<Record<string, number>> = { s: 1 / 60, m: 1, h: 60, d: 1440 }

function failing(series: Played, ratio: number, firing: AlertCase['firing']): AlertCase {
  const failed = Math.round(perMinute * ratio)
  return {
    samples: [
      { series: series.failed, values: `0+${failed}x${failingMinutes}` },
      { series: series.succeeded, values: `0+${perMinute - failed}x${failingMinutes}` },
    ],
    at: `${failingMinutes}m`,
    firing,
  }
}

/** Test case of a burn-rate alert: failures occur and end, and the evaluation is so late that the shortest short window contains none of them. */
function failedOnce(environment: Environment, series: Played, ratio: number): AlertCase {
  const failed = Math.round(perMinute * Math.min(ratio, 1))
  const shortMinutes = environment.slo.burnRates.map(
    ({ short }) => Number(short.slice(0, -1)) * (minutesOf[short.slice(-1)] ?? 0),
  )
  const quiet = Math.ceil(Math.max(...shortMinutes)) + 10
  return nothing(`${failingMinutes + quiet}m`, [
    { series: series.failed, values: `0+${failed}x${failingMinutes} ${failed * failingMinutes}x${quiet}` },
    { series: series.succeeded, values: `0+${perMinute}x${failingMinutes + quiet}` },
  ])
}
