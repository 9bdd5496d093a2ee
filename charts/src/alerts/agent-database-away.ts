import { type Alert, nothing } from './alert.ts'
import { metrics, partLabel, scrapeJob, series } from './metrics.ts'

/** NaN for 30 minutes. promtool's notation can't repeat NaN. */
const unknown = Array.from({ length: 30 }, () => 'NaN').join(' ')

export const agentDatabaseAway: Alert = {
  name: 'AgentDatabaseAway',
  summary: 'No pod of a Deployment reaches PostgreSQL',
  description:
    'For five minutes no pod of the Deployment (label app_kubernetes_io_component) could read the queue from PostgreSQL, so none is ready. Requests fail, and no run continues.',
  rules: (environment) => {
    // A server reports NaN while it can't read the queue, and NaN is not >= 0.
    const age = series(environment, metrics.queueAge)
    const by = `by (job, ${partLabel})`
    return [{ expr: `count ${by} (${age}) unless count ${by} (${age} >= 0)`, for: '5m', severity: 'page' }]
  },
  cases: (environment) => {
    const labels = { job: scrapeJob(environment), [partLabel]: 'server' }
    const age = (pod: string, values: string) => ({
      series: series(environment, metrics.queueAge, { [partLabel]: 'server', pod }),
      values,
    })
    return {
      fires: { samples: [age('a', unknown), age('b', unknown)], at: '10m', firing: [labels] },
      justUnder: nothing('10m', [age('a', unknown), age('b', '0x20')]),
      noData: nothing('10m'),
    }
  },
  outages: (environment) => {
    const of = (part: string) => ({ job: scrapeJob(environment), [partLabel]: part })
    const changed = [{ metric: metrics.queueAge, values: unknown }]
    const parts = environment.agent.topology === 'split' ? ['server', 'worker'] : ['server']
    return {
      'the database or the pooler in front of it does not answer': {
        changed,
        at: '20m',
        firing: parts.map((part) => ({ labels: of(part), rule: 0 })),
      },
      'a network policy cuts one Deployment off from the database': {
        changed: [{ metric: metrics.queueAge, labels: { [partLabel]: 'server' }, values: unknown }],
        at: '20m',
        firing: [{ labels: of('server') }],
      },
    }
  },
}
