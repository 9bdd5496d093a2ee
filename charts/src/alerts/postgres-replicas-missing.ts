import type { Environment } from '@hadal/platform/environment'
import { type Alert, nothing } from './alert.ts'
import { hasReplicas, jobs, other, otherSeries } from './other-metrics.ts'

/** Number of replicas that the environment's database must have. */
const wanted = ({ postgres }: Environment): number => (postgres.kind === 'cnpg' ? postgres.instances - 1 : 0)

/** Whether a commit waits for a replica, so that all writes hang without one (`synchronous` of the Cluster). */
const requiresReplica = (environment: Environment): boolean => wanted(environment) > 1

export const postgresReplicasMissing: Alert = {
  name: 'PostgresReplicasMissing',
  summary: 'Replicas of PostgreSQL do not stream from the primary',
  description:
    'Fewer replicas than configured receive the write-ahead log. A replica that is detached reports no lag. With three or more instances every commit waits for a replica: without any, all writes hang, and the alert pages.',
  concerns: hasReplicas,
  rules: (environment) => {
    // Only the primary has replicas, and each pod may be the primary.
    const streaming = `max by (job) (${otherSeries(jobs.postgres(environment), other('streamingReplicas'))})`
    return [
      { expr: `${streaming} < ${wanted(environment)}`, for: '15m', severity: 'ticket' },
      ...(requiresReplica(environment) ? [{ expr: `${streaming} == 0`, for: '2m', severity: 'page' } as const] : []),
    ]
  },
  cases: (environment) => {
    const job = jobs.postgres(environment)
    const streaming = (pod: string, count: number) => ({
      series: otherSeries(job, other('streamingReplicas'), { pod }),
      values: `${count}x30`,
    })
    const all = wanted(environment)
    const both = requiresReplica(environment)
    return {
      fires: { samples: [streaming('postgres-1', all - 1)], at: '20m', firing: [{ job }] },
      justUnder: nothing('20m', [streaming('postgres-1', all), streaming('postgres-2', 0)]),
      noData: nothing('20m'),
      none: { samples: [streaming('postgres-1', 0)], at: '20m', firing: both ? [{ job }, { job }] : [{ job }] },
    }
  },
  outages: (environment) => {
    const labels = { job: jobs.postgres(environment) }
    const metric = other('streamingReplicas')
    const all = wanted(environment)
    return {
      'one replica is detached; its receive and replay positions are equal, so its lag is 0': {
        changed: [{ metric, labels: { pod: 'postgres-1' }, values: `${all - 1}x60` }],
        at: '30m',
        firing: [{ labels }],
      },
      'every replica is detached': {
        changed: [{ metric, labels: { pod: 'postgres-1' }, values: '0x60' }],
        at: '30m',
        firing: requiresReplica(environment) ? [{ labels }, { labels }] : [{ labels }],
      },
    }
  },
}
