import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'

export const signInUnavailable: Alert = {
  name: 'SignInUnavailable',
  summary: 'Credentials can not be verified',
  description:
    'For five minutes the API has answered requests with 503 because it could not verify their credentials: the OpenID Connect issuer, the sign-in of the project or the database does not answer. With api-keys, clients whose key had been verified within the last access.trustSeconds were served at first.',
  concerns: ({ access }) => access.kind !== 'open',
  rules: (environment) => [
    {
      expr: `sum by (job) (rate(${series(environment, metrics.signIns, { outcome: 'unavailable' })}[2m])) > 0`,
      for: '5m',
      severity: 'page',
    },
  ],
  cases: (environment) => {
    const unavailable = (values: string) => ({
      series: series(environment, metrics.signIns, {
        pod: 'a',
        kind: environment.access.kind,
        outcome: 'unavailable',
      }),
      values,
    })
    return {
      fires: { samples: [unavailable('0x5 1+1x20')], at: '15m', firing: [{ job: scrapeJob(environment) }] },
      // A failover of the database.
      justUnder: nothing('10m', [unavailable('0x5 1+5x3 16x20')]),
      noData: nothing('20m'),
    }
  },
  outages: (environment) => ({
    'the issuer, the sign-in of the project or the database answers no request': {
      changed: [{ metric: metrics.signIns, labels: { outcome: 'unavailable' }, values: '0x59 1+20x60' }],
      at: '75m',
      firing: [{ labels: { job: scrapeJob(environment) } }],
    },
  }),
}
