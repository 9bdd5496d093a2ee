import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'
import { hasArchive } from './recovery-schedules.ts'

export const restoreDrillFailed: Alert = {
  name: 'RestoreDrillFailed',
  summary: 'The newest restore drill failed',
  description:
    'A restore drill could not restore the newest backup, or what it restored was not what was backed up. Until a drill succeeds, nothing shows that a lost database can be restored.',
  concerns: hasArchive,
  rules: (environment) => [
    {
      // Every server exports the result that the database has.
      expr: `max by (job) (${series(environment, metrics.drillFailed)}) > 0`,
      for: '5m',
      severity: 'ticket',
    },
  ],
  cases: (environment) => {
    const failed = (values: string) => ({ series: series(environment, metrics.drillFailed, { pod: 'a' }), values })
    return {
      fires: { samples: [failed('0x5 1x30')], at: '20m', firing: [{ job: scrapeJob(environment) }] },
      justUnder: nothing('20m', [failed('0x30')]),
      noData: nothing('20m'),
    }
  },
  outages: (environment) => ({
    'the newest backup can not be restored': {
      changed: [{ metric: metrics.drillFailed, values: '1x60' }],
      at: '30m',
      firing: [{ labels: { job: scrapeJob(environment) } }],
    },
  }),
}
