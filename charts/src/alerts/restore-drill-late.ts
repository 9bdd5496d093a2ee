import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'
import { endedBefore, hasArchive, mostDrillHours } from './recovery-schedules.ts'

export const restoreDrillLate: Alert = {
  name: 'RestoreDrillLate',
  summary: 'No restore drill has succeeded for too long',
  description:
    'The last successful restore drill is older than its schedule allows, or there is none: nothing shows that the newest backups can be restored.',
  concerns: hasArchive,
  rules: (environment) => [
    {
      // Every server exports the time that the database has. Without a success it is the time since when results are stored.
      expr: `time() - max by (job) (${series(environment, metrics.drillLastSuccess)}) > ${mostDrillHours(environment) * 3600}`,
      for: '1h',
      severity: 'ticket',
    },
  ],
  cases: (environment) => {
    const job = scrapeJob(environment)
    return {
      fires: {
        samples: [endedBefore(environment, metrics.drillLastSuccess, mostDrillHours(environment) * 3600)],
        at: '90m',
        firing: [{ job }],
      },
      // Two hours later it is just as old as it may be.
      justUnder: nothing('120m', [
        endedBefore(environment, metrics.drillLastSuccess, (mostDrillHours(environment) - 2) * 3600),
      ]),
      noData: nothing('120m'),
    }
  },
  outages: (environment) => ({
    'no drill succeeds any more': {
      changed: [
        {
          metric: metrics.drillLastSuccess,
          values: endedBefore(environment, metrics.drillLastSuccess, mostDrillHours(environment) * 3600).values,
        },
      ],
      at: '90m',
      firing: [{ labels: { job: scrapeJob(environment) } }],
    },
  }),
}
