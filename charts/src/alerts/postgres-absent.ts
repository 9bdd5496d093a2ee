import { type Alert, nothing } from './alert.ts'
import { hasCloudNativePg, jobs, otherSeries } from './other-metrics.ts'

export const postgresAbsent: Alert = {
  name: 'PostgresAbsent',
  summary: 'No instance of PostgreSQL answers Prometheus',
  description:
    'No instance of the database is up, or none is found at all. No run moves and the API answers with errors.',
  concerns: hasCloudNativePg,
  rules: (environment) => {
    const up = otherSeries(jobs.postgres(environment), 'up')
    return [{ expr: `absent(${up}) or sum by (job) (${up}) == 0`, for: '5m', severity: 'page' }]
  },
  cases: (environment) => {
    const job = jobs.postgres(environment)
    const pod = (name: string, values: string) => ({ series: otherSeries(job, 'up', { pod: name }), values })
    return {
      fires: { samples: [pod('postgres-1', '0x20'), pod('postgres-2', '0x20')], at: '10m', firing: [{ job }] },
      justUnder: nothing('10m', [pod('postgres-1', '0x20'), pod('postgres-2', '1x20')]),
      // The alert is about missing data.
      noData: { samples: [], at: '10m', firing: [{ job }] },
    }
  },
}
