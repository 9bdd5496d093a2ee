import { type Alert, nothing } from './alert.ts'
import { metrics, partLabel, scrapeJob, series } from './metrics.ts'

export const agentPoolWaiters: Alert = {
  name: 'AgentPoolWaiters',
  summary: 'Requests wait for a connection to PostgreSQL',
  description: 'In every sample of the last ten minutes, callers in this pod waited for a database connection.',
  rules: (environment) => [
    { expr: `min_over_time(${series(environment, metrics.poolWaiting)}[5m]) > 0`, for: '5m', severity: 'ticket' },
  ],
  cases: (environment) => {
    const waiting = (values: string) => ({ series: series(environment, metrics.poolWaiting, { pod: 'a' }), values })
    return {
      fires: { samples: [waiting('1x30')], at: '20m', firing: [{ job: scrapeJob(environment), pod: 'a' }] },
      // One sample in five without a waiting client: a short burst.
      justUnder: nothing('20m', [waiting('3 3 3 3 0 3 3 3 3 0 3 3 3 3 0 3 3 3 3 0 3')]),
      noData: nothing('20m'),
    }
  },
  outages: (environment) => ({
    'the database is too slow for one pod': {
      changed: [{ metric: metrics.poolWaiting, labels: { pod: 'server-1' }, values: '3x90' }],
      at: '60m',
      firing: [{ labels: { job: scrapeJob(environment), [partLabel]: 'server', pod: 'server-1' } }],
    },
  }),
}
