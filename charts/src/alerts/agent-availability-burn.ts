import { burnRates } from './burn-rates.ts'
import { metrics, series } from './metrics.ts'

export const agentAvailabilityBurn = burnRates(
  {
    name: 'AgentAvailabilityBurn',
    summary: 'The error budget of runs burns too fast',
    description:
      'Over a long window and over a short one, runs fail so often that the budget of the objective ends before its time.',
  },
  'run_failures',
  (environment) => ({
    failed: series(environment, metrics.runsFinished, { pod: 'a', status: 'error' }),
    succeeded: series(environment, metrics.runsFinished, { pod: 'a', status: 'success' }),
  }),
)
