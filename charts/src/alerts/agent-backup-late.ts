import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'
import { endedBefore, hasArchive, mostBackupHours } from './recovery-schedules.ts'

export const agentBackupLate: Alert = {
  name: 'AgentBackupLate',
  summary: 'The newest backup of the agents is too old',
  description:
    'The newest backup of hadal-runtime backup is older than its schedule allows, or there is none. What the agents did since then would be lost with the database.',
  concerns: hasArchive,
  rules: (environment) => [
    {
      // Every server exports the time that the database has. Without a success it is the time since when results are stored.
      expr: `time() - max by (job) (${series(environment, metrics.backupLastSuccess)}) > ${mostBackupHours(environment) * 3600}`,
      for: '1h',
      severity: 'page',
    },
  ],
  cases: (environment) => {
    const job = scrapeJob(environment)
    return {
      fires: {
        samples: [endedBefore(environment, metrics.backupLastSuccess, mostBackupHours(environment) * 3600)],
        at: '90m',
        firing: [{ job }],
      },
      // Two hours later it is just as old as it may be.
      justUnder: nothing('120m', [
        endedBefore(environment, metrics.backupLastSuccess, (mostBackupHours(environment) - 2) * 3600),
      ]),
      noData: nothing('120m'),
    }
  },
  outages: (environment) => ({
    'no backup is made any more': {
      changed: [
        {
          metric: metrics.backupLastSuccess,
          values: endedBefore(environment, metrics.backupLastSuccess, mostBackupHours(environment) * 3600).values,
        },
      ],
      at: '90m',
      firing: [{ labels: { job: scrapeJob(environment) } }],
    },
  }),
}
