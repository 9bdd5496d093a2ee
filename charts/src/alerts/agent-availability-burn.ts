import { burnRates, everyBurnRate } from './burn-rates.ts'
import { metrics, series } from './metrics.ts'

export const agentAvailabilityBurn = burnRates({
  name: 'AgentAvailabilityBurn',
  summary: 'The error budget of runs burns too fast',
  description:
    'In a long and in a short window, runs fail so often that the error budget will be used up before its window ends.',
  objective: 'run_failures',
  played: (environment) => ({
    failed: series(environment, metrics.runsFinished, { pod: 'a', status: 'error' }),
    succeeded: series(environment, metrics.runsFinished, { pod: 'a', status: 'success' }),
  }),
  outages: (environment) => ({
    'every run fails, because no model answers': {
      changed: [
        { metric: metrics.runsFinished, labels: { status: 'success' }, values: '0x120' },
        { metric: metrics.runsFinished, labels: { status: 'error' }, values: '0+5x120' },
      ],
      at: '110m',
      firing: everyBurnRate(environment),
    },
  }),
})
