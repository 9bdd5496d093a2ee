import { type Alert, nothing } from './alert.ts'
import { hasRedisExporter, jobs, other, otherSeries } from './other-metrics.ts'

/** Maximum number of Redis keys evicted per second, over all nodes. A full cache evicts a few. */
const most = 10

export const redisEvictions: Alert = {
  name: 'RedisEvictions',
  summary: 'Redis evicts keys, because its memory is full',
  description: `For 30 minutes the Redis cluster has evicted more than ${most} keys per second, because its memory is full. Cached model responses are lost and paid again, and counters of rate limits are reset.`,
  concerns: hasRedisExporter,
  rules: (environment) => {
    const evicted = otherSeries(jobs.redis(environment), other('redisEvicted'))
    return [{ expr: `sum by (job) (rate(${evicted}[10m])) > ${most}`, for: '30m', severity: 'ticket' }]
  },
  cases: (environment) => {
    const job = jobs.redis(environment)
    const evicted = (pod: string, eachMinute: number) => ({
      series: otherSeries(job, other('redisEvicted'), { pod }),
      values: `0+${eachMinute}x60`,
    })
    const half = (most * 60) / 2
    return {
      fires: { samples: [evicted('a', half), evicted('b', half + 6)], at: '50m', firing: [{ job }] },
      justUnder: nothing('50m', [evicted('a', half), evicted('b', half)]),
      noData: nothing('50m'),
    }
  },
  outages: (environment) => ({
    'the memory of Redis is too small': {
      changed: [{ metric: other('redisEvicted'), values: '0+900x90' }],
      at: '80m',
      firing: [{ labels: { job: jobs.redis(environment) } }],
    },
  }),
}
