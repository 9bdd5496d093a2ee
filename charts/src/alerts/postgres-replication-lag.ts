import { type Alert, nothing } from './alert.ts'
import { hasReplicas, jobs, other, otherSeries } from './other-metrics.ts'

/** Replication lag in seconds above which the alert fires. A failover waits until the new primary has replayed the log. */
const most = 60

export const postgresReplicationLag: Alert = {
  name: 'PostgresReplicationLag',
  summary: `A replica of PostgreSQL is more than ${most} seconds behind`,
  description: `A replica has been more than ${most} seconds behind the primary for ten minutes. If the primary fails, this replica can't take over quickly.`,
  concerns: hasReplicas,
  rules: (environment) => [
    {
      expr: `max by (job, pod) (${otherSeries(jobs.postgres(environment), other('replicationLag'))}) > ${most}`,
      for: '10m',
      severity: 'ticket',
    },
  ],
  cases: (environment) => {
    const job = jobs.postgres(environment)
    const lag = (pod: string, seconds: number) => ({
      series: otherSeries(job, other('replicationLag'), { pod }),
      values: `${seconds}x30`,
    })
    return {
      fires: {
        samples: [lag('postgres-1', 0), lag('postgres-2', most + 1)],
        at: '15m',
        firing: [{ job, pod: 'postgres-2' }],
      },
      justUnder: nothing('15m', [lag('postgres-1', 0), lag('postgres-2', most)]),
      noData: nothing('15m'),
    }
  },
  outages: (environment) => ({
    'a replica replays too slowly': {
      changed: [{ metric: other('replicationLag'), labels: { pod: 'postgres-2' }, values: '0+30x60' }],
      at: '40m',
      firing: [{ labels: { job: jobs.postgres(environment), pod: 'postgres-2' } }],
    },
  }),
}
