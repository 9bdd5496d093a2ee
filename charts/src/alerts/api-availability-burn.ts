import { burnRates, everyBurnRate } from './burn-rates.ts'
import { metrics, partLabel, series } from './metrics.ts'

export const apiAvailabilityBurn = burnRates({
  name: 'ApiAvailabilityBurn',
  summary: 'The error budget of the API burns too fast',
  description:
    'In a long and in a short window, the API is down or returns status 5xx so often that the error budget will be used up before its window ends.',
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
