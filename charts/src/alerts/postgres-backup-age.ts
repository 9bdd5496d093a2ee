import type { Environment } from '@hadal/platform/environment'
import { type Alert, nothing } from './alert.ts'
import { longestGapHours } from './longest-gap.ts'
import { hasOperatedBackups, jobs, other, otherSeries } from './other-metrics.ts'

/** Hours added to the longest gap between two backups: the time for a backup and one retry. */
const slackHours = 3
/** Hours after which a new database must have its first backup. The ScheduledBackup makes it at once (`immediate`). */
const firstHours = 4

/** Maximum age of the last database backup, in hours: the longest gap of its schedule plus the time for a backup. */
const most = ({ backup }: Environment): number =>
  backup.kind === 's3' ? Math.ceil(longestGapHours(backup.schedule)) + slackHours : 0

export const postgresBackupAge: Alert = {
  name: 'PostgresBackupAge',
  summary: 'The last backup of PostgreSQL is too old, or there is none',
  description:
    'The last backup that can be restored is older than its schedule allows, or there is none. A restore takes longer with every hour, or is impossible.',
  concerns: hasOperatedBackups,
  rules: (environment) => {
    const last = otherSeries(jobs.postgres(environment), other('lastBackup'))
    return [
      {
        // 0: there is no backup yet, or the plugin has just started.
        expr: `time() - (max by (job) (${last}) > 0) > ${most(environment) * 3600}`,
        for: '1h',
        severity: 'page',
      },
      {
        expr: `max by (job) (${last}) == 0 or absent(${last})`,
        for: `${firstHours}h`,
        severity: 'page',
        labels: { cause: 'none' },
      },
    ]
  },
  cases: (environment) => {
    const job = jobs.postgres(environment)
    const hours = most(environment)
    // promtool's clock starts at 0, so a backup that ended a second later is as old as the case is long.
    const last = (values: string) => ({ series: otherSeries(job, other('lastBackup'), { pod: 'postgres-1' }), values })
    const minutes = (hours + 2) * 60
    return {
      fires: { samples: [last(`1x${minutes}`)], at: `${minutes - 30}m`, firing: [{ job }] },
      justUnder: nothing(`${hours * 60}m`, [last(`1x${minutes}`)]),
      // The alert is also about missing data.
      noData: { samples: [], at: `${firstHours + 1}h`, firing: [{ job, cause: 'none' }] },
      // The first backup of a new database is under way.
      newDatabase: nothing(`${firstHours * 60 - 10}m`, [last(`0x${minutes}`)]),
      noBackup: { samples: [last(`0x${minutes}`)], at: `${firstHours + 1}h`, firing: [{ job, cause: 'none' }] },
    }
  },
  outages: (environment) => {
    const labels = { job: jobs.postgres(environment) }
    const [metric, firing] = [other('lastBackup'), [{ labels }]]
    const minutes = (most(environment) + 2) * 60
    return {
      'no backup is made any more': { changed: [{ metric, values: `1x${minutes}` }], at: `${minutes - 30}m`, firing },
      'the first backup fails': { changed: [{ metric, values: '0x300' }], at: '290m', firing: [{ labels, rule: 1 }] },
      'the backup plugin does not run': {
        changed: [{ metric, values: 'stale' }],
        at: '290m',
        firing: [{ labels, rule: 1 }],
      },
    }
  },
}
