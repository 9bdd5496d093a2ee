import { burnFactor } from '@hadal/platform/burn-factor'
import type { Environment } from '@hadal/platform/environment'
import type { Slo } from '@hadal/platform/schema/observability'
import { windowSeconds } from '@hadal/platform/window-seconds'
import { type Alert, type AlertCase, nothing, type Outage, type Samples } from './alert.ts'
import { partLabel, scrapeJob, series } from './metrics.ts'
import { apiDown, failureCount, failureRatio, type Objective } from './slo-rules.ts'

/**
 * Minimum number of failures in the long window: with fewer, the alert does not fire. In a quiet night one failed run is a large share of all
 * runs. The count is of failures and not of all runs, so that a service that fails each of its few runs does page.
 */
const leastFailures = 3
/** Minimum number of minutes in the long window in which the API was down: with fewer, and too few failures, the alert does not fire. */
const leastDownMinutes = 3

/** Whether time without the API counts as failed. */
const countsDown = (objective: Objective): boolean => objective === 'request_failures'

type BurnRate = Slo['burnRates'][number]

/** Share of failures above which a burn-rate alert fires: the error budget times the burn rate, rounded to six digits. */
function bound(rate: BurnRate, { slo }: Environment): number {
  const budget = 1 - slo.availabilityPercent / 100
  return Number((burnFactor(slo, rate) * budget).toPrecision(6))
}

const labelsOf = ({ long, short }: BurnRate) => ({ long_window: long, short_window: short })

/** Texts and series of an alert on burn rates. */
export interface BurnRatesOptions extends Pick<Alert, 'name' | 'summary' | 'description' | 'outages'> {
  readonly objective: Objective
  /** Series of the test cases: a counter of failures and a counter of successes, both of one pod. */
  readonly played: (environment: Environment) => Played
}

interface Played {
  readonly failed: string
  readonly succeeded: string
}

/** An alert on the burn rate of an objective's error budget: one rule per burn rate, over a long and a short window. */
export function burnRates({ objective, played, ...texts }: BurnRatesOptions): Alert {
  return {
    ...texts,
    rules: (environment) =>
      environment.slo.burnRates.map((rate) => {
        const least = bound(rate, environment)
        const over = (record: string) => series(environment, record)
        const enough = `${over(failureCount(objective, rate.long))} >= ${leastFailures}`
        return {
          expr: [
            `${over(failureRatio(objective, rate.long))} > ${least}`,
            `${over(failureRatio(objective, rate.short))} > ${least}`,
            // While the API is down, no request is counted.
            countsDown(objective)
              ? `(${enough} or sum_over_time(${over(apiDown)}[${rate.long}]) >= ${leastDownMinutes})`
              : enough,
          ].join(' and '),
          for: '2m',
          severity: rate.severity,
          labels: labelsOf(rate),
        }
      }),
    cases: (environment) => burnCases(environment, objective, played(environment)),
  }
}

function burnCases(environment: Environment, objective: Objective, played: Played): ReturnType<Alert['cases']> {
  const rates = environment.slo.burnRates
  const bounds = rates.map((rate) => bound(rate, environment))
  const [lowest, highest] = [Math.min(...bounds), Math.max(...bounds)]
  const firing = rates.map((rate) => ({ job: scrapeJob(environment), ...labelsOf(rate) }))
  const ofUp = series(environment, 'up', { [partLabel]: 'server', pod: 'a' })
  const up = { series: ofUp, values: '1x2000' }
  const minutes = failingMinutes
  const few = (failed: number): Samples[] => [
    up,
    { series: played.failed, values: `0x50 ${failed}x${minutes - 50}` },
    { series: played.succeeded, values: `0x${minutes}` },
  ]
  const downFor = (count: number): Samples[] => [{ series: ofUp, values: `1x50 0x${count - 1} 1x${minutes}` }]
  const shortDown = rates.filter(
    (rate) => (leastDownMinutes * 60) / windowSeconds(rate.long) > bound(rate, environment),
  )
  return {
    // Above the fastest burn rate every rule fires: the failures last longer than every window.
    fires: failing(up, played, Math.min(highest * 1.05, 1), firing),
    justUnder: failing(up, played, lowest * 0.95, []),
    // The API is absent if it has no series at all; runs are then not known to fail.
    noData: { samples: [], at: '2h', firing: countsDown(objective) ? firing : [] },
    // Failures are still in the long windows and no longer in the short ones: the problem is over.
    over: failedOnce(environment, up, played, highest * 1.05),
    // Every run of a quiet night fails, and there are too few of them.
    fewFailures: nothing('54m', few(leastFailures - 1)),
    enoughFailures: { samples: few(leastFailures), at: '54m', firing },
    // No pod of the API answers for a moment, which is more than the budget of an objective such as 99.9 % allows.
    fewMinutesDown: nothing('56m', downFor(leastDownMinutes - 1)),
    enoughMinutesDown: {
      samples: downFor(leastDownMinutes),
      at: '56m',
      firing: countsDown(objective)
        ? shortDown.map((rate) => ({ job: scrapeJob(environment), ...labelsOf(rate) }))
        : [],
    },
  }
}

const perMinute = 1_000_000
const failingMinutes = 120

function failing(up: Samples, played: Played, ratio: number, firing: AlertCase['firing']): AlertCase {
  const failed = Math.round(perMinute * ratio)
  return {
    samples: [
      up,
      { series: played.failed, values: `0+${failed}x${failingMinutes}` },
      { series: played.succeeded, values: `0+${perMinute - failed}x${failingMinutes}` },
    ],
    at: `${failingMinutes}m`,
    firing,
  }
}

/** Test case of a burn-rate alert: failures occur and end, and the evaluation is so late that the shortest short window contains none of them. */
function failedOnce({ slo }: Environment, up: Samples, played: Played, ratio: number): AlertCase {
  const failed = Math.round(perMinute * Math.min(ratio, 1))
  const shortMinutes = slo.burnRates.map(({ short }) => windowSeconds(short) / 60)
  const quiet = Math.ceil(Math.max(...shortMinutes)) + 10
  return nothing(`${failingMinutes + quiet}m`, [
    up,
    { series: played.failed, values: `0+${failed}x${failingMinutes} ${failed * failingMinutes}x${quiet}` },
    { series: played.succeeded, values: `0+${perMinute}x${failingMinutes + quiet}` },
  ])
}

/** Firing alerts of every rule of an alert on burn rates, for an outage. */
export const everyBurnRate = (environment: Environment): Outage['firing'] =>
  environment.slo.burnRates.map((rate) => ({ labels: { job: scrapeJob(environment), ...labelsOf(rate) } }))
