import { type Alert, nothing } from './alert.ts'
import { failedSignIns, metrics, scrapeJob, series } from './metrics.ts'

/** Maximum number of refused credentials in 15 minutes. A client with an expired key that retries every ten seconds causes 90. */
const mostRefused = 100

export const signInFailures: Alert = {
  name: 'SignInFailures',
  summary: 'Many credentials are refused',
  description: `The API refused more than ${mostRefused} requests within 15 minutes because their key or token was unknown, invalid, expired or revoked. Somebody tries credentials, or a client uses an old one and is not served. Requests without a credential are not counted.`,
  concerns: ({ access }) => access.kind !== 'open',
  rules: (environment) => [
    { expr: `sum by (job) (increase(${failedSignIns(environment)}[15m])) > ${mostRefused}`, severity: 'ticket' },
  ],
  cases: (environment) => {
    const signIns = (outcome: string, perQuarter: number) => ({
      series: series(environment, metrics.signIns, { pod: 'a', kind: environment.access.kind, outcome }),
      values: `0+${perQuarter / 15}x60`,
    })
    return {
      fires: {
        samples: [signIns('unknown', 75), signIns('expired', 45)],
        at: '40m',
        firing: [{ job: scrapeJob(environment) }],
      },
      justUnder: nothing('40m', [signIns('unknown', 45), signIns('revoked', 45)]),
      noData: nothing('40m'),
      // Web pages and scanners without a credential are refused too. They learn nothing and guess nothing.
      withoutCredentials: nothing('40m', [signIns('missing', 3000), signIns('accepted', 3000)]),
    }
  },
  outages: (environment) => ({
    'somebody tries keys': {
      changed: [{ metric: metrics.signIns, labels: { outcome: 'unknown' }, values: '0x59 0+30x60' }],
      at: '90m',
      firing: [{ labels: { job: scrapeJob(environment) } }],
    },
    'a client uses a credential that has expired': {
      changed: [{ metric: metrics.signIns, labels: { outcome: 'expired' }, values: '0x59 0+10x60' }],
      at: '90m',
      firing: [{ labels: { job: scrapeJob(environment) } }],
    },
  }),
}
