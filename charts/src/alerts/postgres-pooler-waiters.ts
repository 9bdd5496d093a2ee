import { type Alert, nothing } from './alert.ts'
import { hasCloudNativePg, jobs, other, otherSeries } from './other-metrics.ts'

export const postgresPoolerWaiters: Alert = {
  name: 'PostgresPoolerWaiters',
  summary: "Clients of PostgreSQL's pooler wait for a connection",
  description:
    'In every sample of the last ten minutes, clients of this pooler waited for a connection to the PostgreSQL server.',
  concerns: hasCloudNativePg,
  rules: (environment) => [
    {
      expr: `sum by (job, pod) (min_over_time(${otherSeries(jobs.poolers(environment), other('poolerWaiting'))}[5m])) > 0`,
      for: '5m',
      severity: 'ticket',
    },
  ],
  cases: (environment) => {
    const job = jobs.poolers(environment)
    const waiting = (values: string) => ({
      series: otherSeries(job, other('poolerWaiting'), { pod: 'a', database: 'deep_agents', user: 'deep_agents' }),
      values,
    })
    return {
      fires: { samples: [waiting('1x30')], at: '20m', firing: [{ job, pod: 'a' }] },
      // One sample in five without a waiting client: a short burst.
      justUnder: nothing('20m', [waiting('3 3 3 3 0 3 3 3 3 0 3 3 3 3 0 3 3 3 3 0 3')]),
      noData: nothing('20m'),
    }
  },
  outages: (environment) => ({
    'the server behind a pooler has no free connection': {
      changed: [{ metric: other('poolerWaiting'), values: '5x60' }],
      at: '30m',
      firing: [{ labels: { job: jobs.poolers(environment), pod: 'postgres-pooler-rw-1' } }],
    },
  }),
}
