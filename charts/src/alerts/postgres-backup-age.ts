import type { Environment } from '@hadal/platform/environment'
import { type Alert, nothing } from './alert.ts'
import { longestGapHours } from './longest-gap.ts'
import { hasOperatedBackups, jobs, other, otherSeries } from './other-metrics.ts'

/** Hours added to the longest gap between two backups: the time for a backup and one retry. */
const slackHours = 3

/** Maximum age of the last database backup, in hours: the longest gap of its schedule plus the time for a backup. */
const most = ({ backup }: Environment): number =>
  backup.kind === 's3' ? Math.ceil(longestGapHours(backup.schedule)) + slackHours : 0

export const postgresBackupAge: Alert = {
  name: 'PostgresBackupAge',
  summary: 'The last backup of PostgreSQL is too old',
  description:
    'The last backup that can be restored is older than the schedule explains, or there is none. A restore takes longer with every hour, or is not possible.',
  concerns: hasOperatedBackups,
  rules: (environment) => [
    {
      expr: `time() - max by (job) (${otherSeries(jobs.postgres(environment), other('lastBackup'))}) > ${most(environment) * 3600}`,
      for: '1h',
      severity: 'page',
    },
  ],
  cases: (environment) => {
    const job = jobs.postgres(environment)
    const hours = most(environment)
    // promtool's clock starts at 0, so a backup that ended then is as old as the case is long.
    const last = (values: string) => ({ series: otherSeries(job, other('lastBackup'), { pod: 'postgres-1' }), values })
    const minutes = (hours + 2) * 60
    return {
      fires: { samples: [last(`0x${minutes}`)], at: `${minutes - 30}m`, firing: [{ job }] },
      justUnder: nothing(`${hours * 60}m`, [last(`0x${minutes}`)]),
      noData: nothing(`${minutes}m`),
    }
  },
}
