import { type Alert, nothing } from './alert.ts'
import { metrics, partLabel, scrapeJob, series } from './metrics.ts'

const most = 2

export const agentRestarts: Alert = {
  name: 'AgentRestarts',
  summary: 'An agent server restarts repeatedly, or does not start',
  description: `The process of a pod restarted more than ${most} times within an hour, or did not answer Prometheus for 20 minutes. Its runs continue on other pods and repeat their current step.`,
  rules: (environment) => [
    {
      expr: `changes(${series(environment, metrics.processStart)}[1h]) > ${most}`,
      severity: 'ticket',
    },
    {
      // A process that dies before the first scrape has no start time.
      expr: `max by (job, ${partLabel}, pod) (max_over_time(${series(environment, 'up')}[5m])) == 0`,
      for: '15m',
      severity: 'ticket',
      labels: { cause: 'never_up' },
    },
  ],
  cases: (environment) => {
    const started = (values: string) => ({
      series: series(environment, metrics.processStart, { pod: 'a' }),
      values,
    })
    const job = scrapeJob(environment)
    const up = (values: string) => ({ series: series(environment, 'up', { pod: 'a' }), values })
    return {
      fires: { samples: [started('100x9 200x9 300x9 400x20')], at: '40m', firing: [{ job, pod: 'a' }] },
      justUnder: nothing('40m', [started('100x9 200x9 300x30')]),
      noData: nothing('40m'),
      neverUp: { samples: [up('0x40')], at: '30m', firing: [{ job, pod: 'a', cause: 'never_up' }] },
      upAtTimes: nothing('20m', [up('0 0 0 0 1 0 0 0 0 1 0 0 0 0 1 0 0 0 0 1 0')]),
    }
  },
  outages: (environment) => ({
    'one pod dies again and again': {
      changed: [{ metric: metrics.processStart, labels: { pod: 'server-1' }, values: '100x9 200x9 300x9 400x20' }],
      at: '40m',
      firing: [{ labels: { job: scrapeJob(environment), [partLabel]: 'server', pod: 'server-1' } }],
    },
    'one pod dies each time before it is scraped': {
      dead: { labels: { [partLabel]: 'server', pod: 'server-1' } },
      at: '90m',
      firing: [{ labels: { job: scrapeJob(environment), [partLabel]: 'server', pod: 'server-1' }, rule: 1 }],
    },
  }),
}
