import { type Alert, nothing } from './alert.ts'
import { failedRuns, metrics, scrapeJob, series } from './metrics.ts'

/** Maximum percentage of failed runs among those that ended in the last 15 minutes. */
const failedPercent = 20
/** Minimum number of ended runs: with fewer, the alert does not fire. */
const leastRuns = 10

export const agentRunFailures: Alert = {
  name: 'AgentRunFailures',
  summary: `More than ${failedPercent} % of runs fail`,
  description: `More than ${failedPercent} % of the runs that ended in the last 15 minutes failed, and at least ${leastRuns} ended.`,
  rules: (environment) => {
    const all = `sum by (job) (increase(${series(environment, metrics.runsFinished)}[15m]))`
    const failed = `sum by (job) (increase(${failedRuns(environment)}[15m]))`
    return [
      { expr: `${failed} / ${all} > ${failedPercent / 100} and ${all} >= ${leastRuns}`, for: '5m', severity: 'page' },
    ]
  },
  cases: (environment) => {
    const ended = (status: string, eachMinute: number) => ({
      series: series(environment, metrics.runsFinished, { pod: 'a', status }),
      values: `0+${eachMinute}x40`,
    })
    return {
      fires: {
        samples: [ended('error', 21), ended('success', 79)],
        at: '30m',
        firing: [{ job: scrapeJob(environment) }],
      },
      justUnder: nothing('30m', [ended('error', 20), ended('success', 80)]),
      noData: nothing('30m'),
    }
  },
  outages: (environment) => ({
    'no model answers, so every run fails': {
      changed: [
        { metric: metrics.runsFinished, labels: { status: 'success' }, values: '0x90' },
        { metric: metrics.runsFinished, labels: { status: 'error' }, values: '0+5x90' },
      ],
      at: '60m',
      firing: [{ labels: { job: scrapeJob(environment) } }],
    },
  }),
}
