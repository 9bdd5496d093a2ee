import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'

export const apiKeysExpiring: Alert = {
  name: 'ApiKeysExpiring',
  summary: 'An API key expires within 14 days',
  description: 'From the time of its expiry on, the server refuses the requests of the client that uses the key.',
  concerns: ({ access }) => access.kind === 'api-keys',
  rules: (environment) => [
    {
      // Every server counts the keys of all tenants.
      expr: `max by (job) (${series(environment, metrics.apiKeysExpiring)}) > 0`,
      for: '1h',
      severity: 'ticket',
    },
  ],
  cases: (environment) => {
    const expiring = (values: string) => ({
      series: series(environment, metrics.apiKeysExpiring, { pod: 'a' }),
      values,
    })
    return {
      fires: { samples: [expiring('0x5 1x100')], at: '90m', firing: [{ job: scrapeJob(environment) }] },
      // The key is rotated within the hour.
      justUnder: nothing('90m', [expiring('0x5 1x50 0x60')]),
      noData: nothing('90m'),
    }
  },
  outages: (environment) => ({
    'nobody rotates a key': {
      changed: [{ metric: metrics.apiKeysExpiring, values: '1x120' }],
      at: '90m',
      firing: [{ labels: { job: scrapeJob(environment) } }],
    },
  }),
}
