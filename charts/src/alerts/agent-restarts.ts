import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'

const most = 2

export const agentRestarts: Alert = {
  name: 'AgentRestarts',
  summary: 'An agent server restarts again and again',
  description: `A pod's process started anew more than ${most} times within an hour. Runs go on elsewhere, each a step behind.`,
  rules: (environment) => [
    {
      expr: `changes(${series(environment, metrics.processStart)}[1h]) > ${most}`,
      severity: 'ticket',
    },
  ],
  cases: (environment) => {
    const started = (values: string) => ({
      series: series(environment, metrics.processStart, { pod: 'a' }),
      values,
    })
    const job = scrapeJob(environment)
    return {
      fires: { samples: [started('100x9 200x9 300x9 400x20')], at: '40m', firing: [{ job, pod: 'a' }] },
      justUnder: nothing('40m', [started('100x9 200x9 300x30')]),
      noData: nothing('40m'),
    }
  },
}
