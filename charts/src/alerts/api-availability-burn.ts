import { burnRates } from './burn-rates.ts'
import { metrics, series } from './metrics.ts'

export const apiAvailabilityBurn = burnRates(
  {
    name: 'ApiAvailabilityBurn',
    summary: 'The error budget of the API burns too fast',
    description:
      'Over a long window and over a short one, the API answers so often with a fault of its own that the budget of the objective ends before its time.',
  },
  'request_failures',
  (environment) => ({
    failed: series(environment, metrics.requests, { pod: 'a', route: '/threads', status: '500' }),
    succeeded: series(environment, metrics.requests, { pod: 'a', route: '/threads', status: '200' }),
  }),
)
