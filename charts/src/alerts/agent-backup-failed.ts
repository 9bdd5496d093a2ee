import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'
import { hasArchive } from './recovery-schedules.ts'

export const agentBackupFailed: Alert = {
  name: 'AgentBackupFailed',
  summary: 'The newest backup of the agents failed',
  description:
    'hadal-runtime backup failed, and none has succeeded since. The backups before it can still be restored. The next one follows the schedule.',
  concerns: hasArchive,
  rules: (environment) => [
    {
      // Every server exports the result that the database has.
      expr: `max by (job) (${series(environment, metrics.backupFailed)}) > 0`,
      for: '5m',
      severity: 'ticket',
    },
  ],
  cases: (environment) => {
    const failed = (values: string) => ({ series: series(environment, metrics.backupFailed, { pod: 'a' }), values })
    return {
      fires: { samples: [failed('0x5 1x30')], at: '20m', firing: [{ job: scrapeJob(environment) }] },
      justUnder: nothing('20m', [failed('0x30')]),
      noData: nothing('20m'),
    }
  },
  outages: (environment) => ({
    'the storage refuses a backup': {
      changed: [{ metric: metrics.backupFailed, values: '1x60' }],
      at: '30m',
      firing: [{ labels: { job: scrapeJob(environment) } }],
    },
  }),
}
