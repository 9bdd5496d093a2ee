import { type Alert, nothing } from './alert.ts'
import { metrics, scrapeJob, series } from './metrics.ts'

export const modelProviderAway: Alert = {
  name: 'ModelProviderAway',
  summary: "A provider's models don't answer",
  description:
    "For five minutes so many calls of this provider's models failed that its circuit breaker is open. Fallback models of other providers answer. Without fallbacks, runs fail.",
  rules: (environment) => [
    {
      // Half a minute after it opened, a circuit breaker allows one call: without calls it stays at 0.5 and nobody is affected.
      expr: `max by (job, provider) (max_over_time(${series(environment, metrics.modelCircuitOpen)}[2m])) == 1`,
      for: '5m',
      severity: 'ticket',
    },
  ],
  cases: (environment) => {
    const circuit = (values: string, pod = 'a') => ({
      series: series(environment, metrics.modelCircuitOpen, { pod, provider: 'anthropic' }),
      values,
    })
    return {
      fires: {
        samples: [circuit('0 0 1 0.5 1 0.5 1 0.5 1 0.5 1 0.5'), circuit('0x12', 'b')],
        at: '11m',
        firing: [{ job: scrapeJob(environment), provider: 'anthropic' }],
      },
      justUnder: nothing('11m', [circuit('0 0 0 1 0.5 1 0.5 0 0 0 0 0')]),
      noData: nothing('11m'),
      // No call was made since.
      unused: nothing('20m', [circuit('1 0.5x20')]),
    }
  },
  outages: (environment) => ({
    'a provider answers no call': {
      changed: [
        {
          metric: metrics.modelCircuitOpen,
          labels: { provider: 'anthropic' },
          values: '0x9 1 0.5 1 0.5 1 0.5 1 0.5 1 0.5 1 0.5',
        },
      ],
      at: '20m',
      firing: [{ labels: { job: scrapeJob(environment), provider: 'anthropic' } }],
    },
  }),
}
