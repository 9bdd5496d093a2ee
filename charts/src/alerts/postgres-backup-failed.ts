import { type Alert, nothing } from './alert.ts'
import { hasOperatedBackups, jobs, other, otherSeries } from './other-metrics.ts'

export const postgresBackupFailed: Alert = {
  name: 'PostgresBackupFailed',
  summary: 'The last backup of PostgreSQL failed',
  description:
    'A backup failed, and none has succeeded since. The previous backup can still be restored. The next attempt follows the schedule.',
  concerns: hasOperatedBackups,
  rules: (environment) => {
    const newest = (metric: string) => `max by (job) (${otherSeries(jobs.postgres(environment), metric)})`
    return [
      {
        expr: `${newest(other('lastFailedBackup'))} > ${newest(other('lastBackup'))}`,
        for: '5m',
        severity: 'ticket',
      },
    ]
  },
  cases: (environment) => {
    const job = jobs.postgres(environment)
    const backups = (ended: number, failed: number) => [
      { series: otherSeries(job, other('lastBackup'), { pod: 'postgres-1' }), values: `${ended}x20` },
      { series: otherSeries(job, other('lastFailedBackup'), { pod: 'postgres-1' }), values: `${failed}x20` },
    ]
    return {
      fires: { samples: backups(100, 101), at: '10m', firing: [{ job }] },
      justUnder: nothing('10m', backups(100, 100)),
      noData: nothing('10m'),
    }
  },
  outages: (environment) => ({
    'the bucket refuses a backup': {
      changed: [
        { metric: other('lastBackup'), values: '100x60' },
        { metric: other('lastFailedBackup'), values: '200x60' },
      ],
      at: '30m',
      firing: [{ labels: { job: jobs.postgres(environment) } }],
    },
  }),
}
