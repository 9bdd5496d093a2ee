import { type Alert, nothing } from './alert.ts'
import { metrics, partLabel, scrapeJob, series } from './metrics.ts'

export const agentRedisAway: Alert = {
  name: 'AgentRedisAway',
  summary: 'A server gets no answer from Redis',
  description:
    'For 15 minutes Redis has answered no request of this pod. No run is lost. Model responses are not cached, and the stricter local rate limits apply.',
  rules: (environment) => [
    { expr: `max_over_time(${series(environment, metrics.redisUp)}[5m]) == 0`, for: '10m', severity: 'ticket' },
  ],
  cases: (environment) => {
    const up = (values: string) => ({ series: series(environment, metrics.redisUp, { pod: 'a' }), values })
    return {
      fires: { samples: [up('0x30')], at: '20m', firing: [{ job: scrapeJob(environment), pod: 'a' }] },
      // Redis answers now and then: a failover, or packet loss.
      justUnder: nothing('20m', [up('0 0 0 0 1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1 0')]),
      noData: nothing('20m'),
    }
  },
  outages: (environment) => ({
    'one pod does not reach Redis': {
      changed: [{ metric: metrics.redisUp, labels: { job: scrapeJob(environment), pod: 'server-1' }, values: '0x90' }],
      at: '60m',
      firing: [{ labels: { job: scrapeJob(environment), [partLabel]: 'server', pod: 'server-1' } }],
    },
  }),
}
