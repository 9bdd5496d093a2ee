import { hasReadReplicas } from '@hadal/platform/has-read-replicas'
import { type Alert, nothing } from './alert.ts'
import { metrics, partLabel, scrapeJob, series } from './metrics.ts'

export const readReplicasUnused: Alert = {
  name: 'ReadReplicasUnused',
  summary: 'A server reads nothing from the replicas of PostgreSQL',
  description:
    'For 15 minutes the replicas have been away from this pod, or have lagged behind the primary by more than DATABASE_READ_LAG_SECONDS. The primary answers searches, lists and histories too, so its load is higher. No client gets an error.',
  concerns: hasReadReplicas,
  rules: (environment) => [
    { expr: `min_over_time(${series(environment, metrics.readLag)}[5m]) == +Inf`, for: '10m', severity: 'ticket' },
  ],
  cases: (environment) => {
    const lag = (values: string) => ({ series: series(environment, metrics.readLag, { pod: 'a' }), values })
    return {
      fires: { samples: [lag('Inf '.repeat(30))], at: '20m', firing: [{ job: scrapeJob(environment), pod: 'a' }] },
      // The replicas can be used now and then: a failover, or much write traffic.
      justUnder: nothing('20m', [lag('Inf Inf Inf Inf 9 '.repeat(6))]),
      noData: nothing('20m'),
    }
  },
  outages: (environment) => ({
    'one pod does not reach the replicas': {
      changed: [
        {
          metric: metrics.readLag,
          labels: { job: scrapeJob(environment), pod: 'server-1' },
          values: 'Inf '.repeat(90),
        },
      ],
      at: '60m',
      firing: [{ labels: { job: scrapeJob(environment), [partLabel]: 'server', pod: 'server-1' } }],
    },
  }),
}
