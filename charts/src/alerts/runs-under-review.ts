import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'
import { hasArchive } from './recovery-schedules.ts'

export const runsUnderReview: Alert = {
  name: 'RunsUnderReview',
  summary: 'Restored runs have waited for their release for four hours',
  description:
    'After a restore of the database, runs wait until a person releases or cancels them. For four hours some have been waiting. Their users see the status pending, and later runs of the same threads wait behind them.',
  concerns: hasArchive,
  rules: (environment) => [
    {
      // Every server exports the number that the database has. A gap, while servers restart or the database fails over, would begin the time anew.
      expr: `max by (job) (max_over_time(${series(environment, metrics.runsUnderReview)}[15m])) > 0`,
      // A person reads the list before the release, as a part of the restore.
      for: '4h',
      severity: 'ticket',
    },
  ],
  cases: (environment) => {
    const job = scrapeJob(environment)
    const waiting = (values: string) => ({ series: series(environment, metrics.runsUnderReview, { pod: 'a' }), values })
    return {
      fires: { samples: [waiting('0x5 12x300')], at: '250m', firing: [{ job }] },
      // Released a quarter of an hour and some minutes before four hours are over.
      justUnder: nothing('300m', [waiting('0x5 12x220 0x80')]),
      noData: nothing('300m'),
    }
  },
  outages: (environment) => ({
    'nobody releases the runs of a restored database': {
      changed: [{ metric: metrics.runsUnderReview, values: '3x300' }],
      at: '250m',
      firing: [{ labels: { job: scrapeJob(environment) } }],
    },
    // The servers do not answer while they restart, and export NaN while the database fails over.
    'nobody releases the runs, the servers restart, and the database fails over': {
      changed: [{ metric: metrics.runsUnderReview, values: '3x60 stale _x3 3x60 NaN NaN 3x200' }],
      at: '260m',
      firing: [{ labels: { job: scrapeJob(environment) } }],
    },
  }),
}
