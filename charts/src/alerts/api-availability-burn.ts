import { burnRates, everyBurnRate } from './burn-rates.ts'
import { metrics, partLabel, series } from './metrics.ts'

export const apiAvailabilityBurn = burnRates({
  name: 'ApiAvailabilityBurn',
  summary: 'The error budget of the API burns too fast',
  description:
    'Over a long window and over a short one, the API is down or answers with a fault of its own so often that the budget of the objective ends before its time.',
  objective: 'request_failures',
  played: (environment) => ({
    failed: series(environment, metrics.requests, { pod: 'a', route: '/threads', status: '500' }),
    succeeded: series(environment, metrics.requests, { pod: 'a', route: '/threads', status: '200' }),
  }),
  outages: (environment) => ({
    'every pod of the API is dead and gives no samples': {
      dead: { labels: { [partLabel]: 'server' }, gone: true },
      at: '120m',
      firing: everyBurnRate(environment),
    },
    'the API answers every request with 500': {
      changed: [
        { metric: metrics.requests, labels: { status: '200' }, values: '0x120' },
        { metric: metrics.requests, labels: { status: '500' }, values: '0+60x120' },
      ],
      at: '110m',
      firing: everyBurnRate(environment),
    },
  }),
})
