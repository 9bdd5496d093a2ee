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
      // Every server exports the number that the database has.
      expr: `max by (job) (${series(environment, metrics.runsUnderReview)}) > 0`,
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
      // Released after just under four hours.
      justUnder: nothing('300m', [waiting('0x5 12x230 0x70')]),
      noData: nothing('300m'),
    }
  },
  outages: (environment) => ({
    'nobody releases the runs of a restored database': {
      changed: [{ metric: metrics.runsUnderReview, values: '3x300' }],
      at: '250m',
      firing: [{ labels: { job: scrapeJob(environment) } }],
    },
  }),
}
