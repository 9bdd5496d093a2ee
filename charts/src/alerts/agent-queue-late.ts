import { type Alert, nothing, type Outage } from './alert.ts'
import { metrics, partLabel, scrapeJob, series } from './metrics.ts'

export const agentQueueLate: Alert = {
  name: 'AgentQueueLate',
  summary: 'Runs wait longer for a worker than promised',
  description: 'For ten minutes the oldest waiting run has waited longer than the objective (slo.queueSeconds).',
  rules: (environment) => [
    {
      expr: `max by (job) (${series(environment, metrics.queueAge)}) > ${environment.slo.queueSeconds}`,
      for: '10m',
      severity: 'page',
    },
  ],
  cases: (environment) => {
    const age = (seconds: number) => ({
      series: series(environment, metrics.queueAge, { pod: 'a' }),
      values: `${seconds}x30`,
    })
    const { queueSeconds } = environment.slo
    return {
      fires: { samples: [age(queueSeconds + 1)], at: '15m', firing: [{ job: scrapeJob(environment) }] },
      justUnder: nothing('15m', [age(queueSeconds)]),
      noData: nothing('15m'),
    }
  },
  outages: (environment): Record<string, Outage> => {
    const firing = [{ labels: { job: scrapeJob(environment) } }]
    const minutes = Math.ceil(environment.slo.queueSeconds / 60) + 75
    const late = { metric: metrics.queueAge, values: `0+60x${minutes}` }
    const at = `${minutes}m`
    // With one Deployment for all, its absence leaves nothing that could measure the queue: AgentAbsent fires.
    return environment.agent.topology === 'split'
      ? {
          'every worker is dead, and the API sees the queue': {
            dead: { labels: { [partLabel]: 'worker' }, gone: true },
            changed: [{ ...late, labels: { [partLabel]: 'server' } }],
            at,
            firing,
          },
        }
      : { 'the workers take no run': { changed: [late], at, firing } }
  },
}
