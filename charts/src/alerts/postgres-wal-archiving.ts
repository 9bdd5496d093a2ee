import { type Alert, nothing } from './alert.ts'
import { hasOperatedBackups, jobs, other, otherSeries } from './other-metrics.ts'

/**
 * Maximum number of write-ahead log segments (16 MiB each) that wait to be archived. CloudNativePG closes one at least every five minutes, so
 * ten segments are most of an hour.
 */
const most = 10

export const postgresWalArchiving: Alert = {
  name: 'PostgresWalArchiving',
  summary: 'The write-ahead log of PostgreSQL is not archived',
  description: `For 15 minutes more than ${most} segments of the write-ahead log have waited for archiving. No backup contains them, and they fill the volume until the database stops.`,
  concerns: hasOperatedBackups,
  rules: (environment) => {
    const waiting = otherSeries(jobs.postgres(environment), other('walArchiveStatus'), { value: 'ready' })
    return [{ expr: `max by (job) (${waiting}) > ${most}`, for: '15m', severity: 'page' }]
  },
  cases: (environment) => {
    const job = jobs.postgres(environment)
    const segments = (value: string, count: number) => ({
      series: otherSeries(job, other('walArchiveStatus'), { pod: 'postgres-1', value }),
      values: `${count}x30`,
    })
    return {
      fires: { samples: [segments('ready', most + 1), segments('done', 3)], at: '20m', firing: [{ job }] },
      // Archived segments do not count.
      justUnder: nothing('20m', [segments('ready', most), segments('done', 500)]),
      noData: nothing('20m'),
    }
  },
  outages: (environment) => ({
    'the bucket is away, so nothing is archived': {
      changed: [{ metric: other('walArchiveStatus'), labels: { value: 'ready', pod: 'postgres-1' }, values: '0+1x60' }],
      at: '40m',
      firing: [{ labels: { job: jobs.postgres(environment) } }],
    },
  }),
}
