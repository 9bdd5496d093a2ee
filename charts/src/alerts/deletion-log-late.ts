import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'
import { hasArchive } from './recovery-schedules.ts'

/** Age in seconds of a deletion that is not in the log, above which the alert fires. Servers append a deletion at most a minute after it. */
const mostAgeSeconds = 600

export const deletionLogLate: Alert = {
  name: 'DeletionLogLate',
  summary: 'Deletions do not reach the log of deletions in the backup target',
  description:
    'For more than ten minutes a deletion of a thread or a user has not been in the log of deletions. The deletion is done, but if the database is lost now, a restore brings the deleted data back.',
  concerns: hasArchive,
  rules: (environment) => [
    {
      // Every server exports the age that the database has.
      expr: `max by (job) (${series(environment, metrics.deletionsUnlogged)}) > ${mostAgeSeconds}`,
      for: '5m',
      severity: 'ticket',
    },
  ],
  cases: (environment) => {
    const age = (values: string) => ({
      series: series(environment, metrics.deletionsUnlogged, { pod: 'a' }),
      values,
    })
    return {
      fires: { samples: [age('0+60x60')], at: '20m', firing: [{ job: scrapeJob(environment) }] },
      justUnder: nothing('20m', [age(`${mostAgeSeconds}x60`)]),
      noData: nothing('20m'),
    }
  },
  outages: (environment) => ({
    'the storage refuses the log of deletions': {
      changed: [{ metric: metrics.deletionsUnlogged, values: '0+60x60' }],
      at: '30m',
      firing: [{ labels: { job: scrapeJob(environment) } }],
    },
  }),
}
