import { burnRates, everyBurnRate } from './burn-rates.ts'
import { metrics, series } from './metrics.ts'

export const agentAvailabilityBurn = burnRates({
  name: 'AgentAvailabilityBurn',
  summary: 'The error budget of runs burns too fast',
  description:
    'Over a long window and over a short one, runs fail so often that the budget of the objective ends before its time.',
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
