import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'

export const agentQueueLate: Alert = {
  name: 'AgentQueueLate',
  summary: 'Runs wait longer for a worker than promised',
  description:
    'The oldest waiting run has waited longer than the objective of the queue, for ten minutes without a break.',
  rules: (environment) => [
    {
      expr: `max by (job) (${series(environment, metrics.queueAge)}) > ${environment.slo.queueSeconds}`,
      for: '10m',
      severity: 'page',
    },
  ],
  cases: (environment) => {
    const age = (seconds: number) => ({
      series: series(environment, metrics.queueAge, { pod: 'a' }),
      values: `${seconds}x30`,
    })
    const { queueSeconds } = environment.slo
    return {
      fires: { samples: [age(queueSeconds + 1)], at: '15m', firing: [{ job: scrapeJob(environment) }] },
      justUnder: nothing('15m', [age(queueSeconds)]),
      noData: nothing('15m'),
    }
  },
}
