import type { Environment } from '@hadal/platform/environment'
import { type Alert, type AlertCase, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'
import { failureRatio } from './slo-rules.ts'

/** The share of runs that may fail. */
const budget = ({ slo }: Environment): number => 1 - slo.availabilityPercent / 100

/** A bound in the rule's text: enough digits, and the same on every machine. */
const bound = (factor: number, environment: Environment): number =>
  Number((factor * budget(environment)).toPrecision(6))

const labelsOf = ({ long, short }: { long: string; short: string }) => ({ long_window: long, short_window: short })

export const agentAvailabilityBurn: Alert = {
  name: 'AgentAvailabilityBurn',
  summary: 'The error budget of runs burns too fast',
  description:
    'Over a long window and over a short one, runs fail so often that the budget of the objective ends before its time.',
  rules: (environment) =>
    environment.slo.burnRates.map((rate) => {
      const over = (window: string) => `${failureRatio(window)}{job="${scrapeJob(environment)}"}`
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
    return {
      // Above the fastest burn every rule holds: the failures last longer than the longest window that has data.
      fires: failing(
        environment,
        Math.min(highest * 1.05, 1),
        rates.map((rate) => ({ job, ...labelsOf(rate) })),
      ),
      justUnder: failing(environment, lowest * 0.95, []),
      noData: nothing('2h'),
      // Still in the long windows, gone from all the short ones: whoever is called now finds nothing.
      over: failedOnce(environment, highest * 1.05),
    }
  },
}

const perMinute = 1_000_000
const failingMinutes = 120
const minutesOf = { s: 1 / 60, m: 1, h: 60, d: 1440 } as const

const ended = (environment: Environment, status: string, values: string) => ({
  series: series(environment, metrics.runsFinished, { pod: 'a', status }),
  values,
})

function failing(environment: Environment, ratio: number, firing: AlertCase['firing']): AlertCase {
  const failed = Math.round(perMinute * ratio)
  return {
    samples: [
      ended(environment, 'error', `0+${failed}x${failingMinutes}`),
      ended(environment, 'success', `0+${perMinute - failed}x${failingMinutes}`),
    ],
    at: `${failingMinutes}m`,
    firing,
  }
}

/** Failures as before, then none until the longest of the short windows has forgotten them. */
function failedOnce(environment: Environment, ratio: number): AlertCase {
  const failed = Math.round(perMinute * Math.min(ratio, 1))
  const shortMinutes = environment.slo.burnRates.map(({ short }) => {
    const unit = short.slice(-1)
    return (
      Number(short.slice(0, -1)) * (unit === 's' || unit === 'm' || unit === 'h' || unit === 'd' ? minutesOf[unit] : 0)
    )
  })
  const quiet = Math.ceil(Math.max(...shortMinutes)) + 10
  return nothing(`${failingMinutes + quiet}m`, [
    ended(environment, 'error', `0+${failed}x${failingMinutes} ${failed * failingMinutes}x${quiet}`),
    ended(environment, 'success', `0+${perMinute}x${failingMinutes + quiet}`),
  ])
}
