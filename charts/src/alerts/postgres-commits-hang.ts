import { postgresNames } from '@hadal/platform/names'
import { type Alert, nothing } from './alert.ts'
import { hasCloudNativePg, hasReplicas, jobs, other, otherSeries } from './other-metrics.ts'

/** Age in seconds from which an active transaction of the server counts as hanging. Its longest statements take seconds. */
const most = 120

/** `application_name` of the migration's connection. A migration may take minutes. */
const migration = 'hadal migrate'

export const postgresCommitsHang: Alert = {
  name: 'PostgresCommitsHang',
  summary: 'A transaction of the server does not end',
  description: `A transaction of the server has been active on the primary for more than ${most} seconds. Most likely its commit waits for a replica that is missing, or it waits for a lock. Requests and runs that write hang without an error.`,
  concerns: hasCloudNativePg,
  rules: (environment) => {
    const job = jobs.postgres(environment)
    const primary = `${otherSeries(job, other('inRecovery'))} == 0`
    const matchers = `job="${job}",usename="${postgresNames.owner}",state="active",application_name!="${migration}"`
    const age = `${other('transactionSeconds')}{${matchers}}`
    return [
      {
        // The server connects to the primary only. A backup or an administrator may read for long on a replica.
        expr: `max by (job, pod) (${age}) > ${most} and on (job, pod) ${primary}`,
        for: '3m',
        severity: 'page',
      },
    ]
  },
  cases: (environment) => {
    const job = jobs.postgres(environment)
    const of = (name: 'inRecovery' | 'transactionSeconds', pod: string, values: string, labels = {}) => ({
      series: otherSeries(job, other(name), { pod, ...labels }),
      values,
    })
    const active = (pod: string, values: string, application = 'hadal api') =>
      of('transactionSeconds', pod, values, {
        usename: postgresNames.owner,
        application_name: application,
        state: 'active',
      })
    const primary = of('inRecovery', 'postgres-1', '0x30')
    const pod = 'postgres-1'
    return {
      fires: { samples: [primary, active(pod, `${most + 1}x30`)], at: '10m', firing: [{ job, pod }] },
      justUnder: nothing('10m', [primary, active(pod, `${most}x30`)]),
      noData: nothing('10m'),
      migration: nothing('10m', [primary, active(pod, '600x30', migration)]),
      replica: nothing('10m', [of('inRecovery', pod, '1x30'), active(pod, '600x30')]),
    }
  },
  outages: (environment) => ({
    'no replica confirms, so every commit waits': {
      changed: [
        { metric: other('transactionSeconds'), labels: { pod: 'postgres-1', state: 'active' }, values: '0+60x30' },
        ...(hasReplicas(environment) ? [{ metric: other('streamingReplicas'), values: '0x30' }] : []),
      ],
      at: '20m',
      firing: [{ labels: { job: jobs.postgres(environment), pod: 'postgres-1' } }],
    },
  }),
}
