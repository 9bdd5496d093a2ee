import { type Alert, nothing } from './alert.ts'
import { hasRedisExporter, jobs, other, otherSeries } from './other-metrics.ts'

export const redisAbsent: Alert = {
  name: 'RedisAbsent',
  summary: 'No node of Redis answers',
  description:
    'No node of the Redis cluster is up, or none is found at all. No run is lost; model responses are not cached, and the stricter local rate limits apply.',
  concerns: hasRedisExporter,
  rules: (environment) => {
    // Not Prometheus' own `up`: the exporter of a pod answers while its Redis is down.
    const up = otherSeries(jobs.redis(environment), other('redisNodeUp'))
    return [{ expr: `absent(${up}) or sum by (job) (${up}) == 0`, for: '10m', severity: 'ticket' }]
  },
  cases: (environment) => {
    const job = jobs.redis(environment)
    const pod = (name: string, values: string) => ({
      series: otherSeries(job, other('redisNodeUp'), { pod: name }),
      values,
    })
    return {
      fires: { samples: [pod('redis-leader-0', '0x20'), pod('redis-leader-1', '0x20')], at: '15m', firing: [{ job }] },
      justUnder: nothing('15m', [pod('redis-leader-0', '0x20'), pod('redis-leader-1', '1x20')]),
      // The alert is about missing data.
      noData: { samples: [], at: '15m', firing: [{ job }] },
    }
  },
  outages: (environment) => {
    const job = jobs.redis(environment)
    const firing = [{ labels: { job } }]
    return {
      'every pod of Redis is gone': { dead: { labels: { job }, gone: true }, at: '80m', firing },
      'Redis is down in every pod, and its exporters answer': {
        changed: [{ metric: other('redisNodeUp'), labels: { job }, values: '0x30' }],
        at: '20m',
        firing,
      },
    }
  },
}
