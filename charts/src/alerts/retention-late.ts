import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'

/** Maximum time in seconds by which a removal may be late. The workers remove due data once a minute, in batches. */
const most = 3_600

export const retentionLate: Alert = {
  name: 'RetentionLate',
  summary: 'Data that should be removed stays in the database',
  description:
    'For six hours the oldest thread, checkpoint or event that is due for removal (retention in config.ts) has been late by more than an hour. Users notice nothing, but the database grows and deleted data lives longer than promised.',
  rules: (environment) => [
    {
      expr: `max by (job) (${series(environment, metrics.retentionOverdue)}) > ${most}`,
      // A shorter retention makes much data due at once.
      for: '6h',
      severity: 'ticket',
    },
  ],
  cases: (environment) => {
    const overdue = (values: string) => ({
      series: series(environment, metrics.retentionOverdue, { pod: 'a' }),
      values,
    })
    return {
      fires: { samples: [overdue(`${most + 1}x480`)], at: '7h', firing: [{ job: scrapeJob(environment) }] },
      justUnder: nothing('7h', [overdue(`${most}x480`)]),
      // A backlog after a shorter retention, which the workers remove.
      backlog: nothing('7h', [overdue('1000000-4000x250 0x230')]),
      noData: nothing('7h'),
    }
  },
  outages: (environment) => ({
    'every removal fails': {
      changed: [{ metric: metrics.retentionOverdue, values: '0+60x600' }],
      at: '500m',
      firing: [{ labels: { job: scrapeJob(environment) } }],
    },
  }),
}
