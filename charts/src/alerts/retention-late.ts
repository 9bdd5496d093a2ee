import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'

/** Maximum time in seconds by which a removal may be late. The workers remove due data once a minute, in batches. */
export const mostOverdueSeconds = 3_600

export const retentionLate: Alert = {
  name: 'RetentionLate',
  summary: 'Data that should be removed stays in the database',
  description:
    'For six hours removals (retention in config.ts) have been late by more than an hour, or those of one kind of data have failed again and again (cause="failing"). Users notice nothing, but the database grows and data lives longer than promised.',
  rules: (environment) => [
    {
      expr: `max by (job) (${series(environment, metrics.retentionOverdue)}) > ${mostOverdueSeconds}`,
      // A shorter retention makes much data due at once.
      for: '6h',
      severity: 'ticket',
    },
    {
      expr: `sum by (job, kind) (increase(${series(environment, metrics.retentionErrors)}[30m])) > 0`,
      for: '6h',
      severity: 'ticket',
      labels: { cause: 'failing' },
    },
  ],
  cases: (environment) => {
    const job = scrapeJob(environment)
    const overdue = (values: string) => ({
      series: series(environment, metrics.retentionOverdue, { pod: 'a' }),
      values,
    })
    const errors = (values: string) => ({
      series: series(environment, metrics.retentionErrors, { pod: 'a', kind: 'event' }),
      values,
    })
    return {
      fires: { samples: [overdue(`${mostOverdueSeconds + 1}x480`)], at: '7h', firing: [{ job }] },
      failing: { samples: [errors('0+1x480')], at: '7h', firing: [{ job, kind: 'event', cause: 'failing' }] },
      justUnder: nothing('7h', [overdue(`${mostOverdueSeconds}x480`), errors('0+1x300 300x180')]),
      // A backlog after a shorter retention, which the workers remove.
      backlog: nothing('7h', [overdue('1000000-4000x250 0x230')]),
      noData: nothing('7h'),
    }
  },
  outages: (environment) => ({
    'the workers remove less than becomes due': {
      changed: [{ metric: metrics.retentionOverdue, values: '0+60x600' }],
      at: '500m',
      firing: [{ labels: { job: scrapeJob(environment) } }],
    },
    'the removal of checkpoints fails': {
      changed: [{ metric: metrics.retentionErrors, values: '0+1x600' }],
      at: '500m',
      firing: [{ labels: { job: scrapeJob(environment), kind: 'checkpoint' }, rule: 1 }],
    },
  }),
}
