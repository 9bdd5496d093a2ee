import { type Alert, nothing } from './alert.ts'
import { scrapeJob, series } from './metrics.ts'

export const agentAbsent: Alert = {
  name: 'AgentAbsent',
  summary: 'No agent server answers Prometheus',
  description: 'No pod of the agent server is up, or none is found at all. Clients get no answer, and no run moves.',
  rules: (environment) => {
    const up = series(environment, 'up')
    return [{ expr: `absent(${up}) or sum by (job) (${up}) == 0`, for: '5m', severity: 'page' }]
  },
  cases: (environment) => {
    const job = scrapeJob(environment)
    const pod = (name: string, values: string) => ({ series: series(environment, 'up', { pod: name }), values })
    return {
      fires: { samples: [pod('a', '0x20'), pod('b', '0x20')], at: '10m', firing: [{ job }] },
      justUnder: nothing('10m', [pod('a', '0x20'), pod('b', '1x20')]),
      // The alert is about missing data.
      noData: { samples: [], at: '10m', firing: [{ job }] },
    }
  },
}
