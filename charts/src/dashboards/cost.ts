import type { Environment } from '@hadal/platform/environment'
import { failedRuns, metrics, series } from '../alerts/metrics.ts'
import { hasCloudNativePg, jobs, other, otherSeries } from '../alerts/other-metrics.ts'
import type { Dashboard, Picture, Row } from './dashboard.ts'

/** Dashboard of costs: model calls, wasted tokens, compute and storage. */
export const cost: Dashboard = {
  name: 'cost',
  title: ({ name }) => `Deep agents: what drives the cost of ${name}`,
  about:
    'Calls of models are what costs most: in money by list price, in tokens by kind. Then budgets, what failed after it was paid for, and what runs and is kept.',
  rows: (environment) => [
    money(environment),
    models(environment),
    waste(environment),
    ...(hasCloudNativePg(environment) ? [kept(environment)] : []),
  ],
}

const day = (of: string, by: string): string => `sum by (${by}) (increase(${of}[1d]))`

function money(environment: Environment): Row {
  const tokens = series(environment, metrics.modelTokens)
  const dollars = series(environment, metrics.modelCost)
  return {
    title: 'Money and tokens',
    pictures: [
      {
        title: 'US dollars in a day, by model',
        about: 'By list price: discounts, batches and what a provider charges for its own tools are not in it.',
        unit: 'currencyUSD',
        queries: [{ expr: day(dollars, 'model'), legend: '{{model}}' }],
      },
      {
        title: 'US dollars a run',
        about: 'Of the last day.',
        unit: 'currencyUSD',
        queries: [
          {
            expr: `sum(increase(${dollars}[1d])) / sum(increase(${series(environment, metrics.runsFinished)}[1d]))`,
            legend: 'dollars',
          },
        ],
      },
      {
        title: 'Tokens in a day, by kind',
        about: "What is read from the provider's cache costs a tenth or less; answers and reasoning cost most.",
        unit: 'short',
        queries: [{ expr: day(tokens, 'kind'), legend: '{{kind}}' }],
      },
      {
        title: 'Tokens saved by the cache in a day',
        about: 'What the answers that it gave had cost when they were made.',
        unit: 'short',
        queries: [{ expr: `sum(increase(${series(environment, metrics.cacheSavedTokens)}[1d]))`, legend: 'tokens' }],
      },
      {
        title: 'Tokens without a price in a day',
        about: 'Their cost is counted nowhere: add the model to model-prices.ts.',
        unit: 'short',
        queries: [{ expr: day(series(environment, metrics.unpricedTokens), 'model'), legend: '{{model}}' }],
      },
      {
        title: "Used of the day's budget",
        about: 'At 1 no call of a model is made for the tenant until midnight UTC.',
        unit: 'percentunit',
        queries: [
          { expr: `max by (tenant, unit) (${series(environment, metrics.budgetUsed)})`, legend: '{{tenant}} {{unit}}' },
        ],
      },
      {
        title: 'Calls that a budget stopped in a day',
        about: 'Each ended its run.',
        unit: 'short',
        queries: [
          { expr: day(series(environment, metrics.budgetRefusals), 'scope, unit'), legend: '{{scope}} {{unit}}' },
        ],
      },
    ],
  }
}

const routed = (environment: Environment): Picture => ({
  title: 'Calls routed in a day, by complexity',
  about: 'The more of them are simple, the less they cost. All complex: see docs/how-to/choose-models.md.',
  unit: 'short',
  queries: [{ expr: day(series(environment, metrics.modelRouted), 'tier, model'), legend: '{{tier}} {{model}}' }],
})

function models(environment: Environment): Row {
  const calls = series(environment, metrics.modelCalls)
  return {
    title: 'Models',
    pictures: [
      {
        title: 'Calls in a day, by model',
        about: 'Whatever came of them.',
        unit: 'short',
        queries: [{ expr: day(calls, 'model'), legend: '{{model}}' }],
      },
      routed(environment),
      {
        title: 'Calls a run',
        about: 'Of the last day. A rise means that agents need more attempts, or were given more to do.',
        unit: 'short',
        queries: [
          {
            expr: `sum(increase(${calls}[1d])) / sum(increase(${series(environment, metrics.runsFinished)}[1d]))`,
            legend: 'calls',
          },
        ],
      },
      {
        title: 'Hours spent in models in a day',
        about: 'Long answers cost more than short ones.',
        unit: 'dtdurations',
        queries: [{ expr: day(series(environment, `${metrics.modelSeconds}_sum`), 'model'), legend: '{{model}}' }],
      },
      {
        title: 'Calls of tools in a day',
        about: 'Of some, each is paid for too.',
        unit: 'short',
        queries: [
          { expr: `topk(10, ${day(series(environment, metrics.toolCalls), 'tool_name')})`, legend: '{{tool_name}}' },
        ],
      },
    ],
  }
}

function waste(environment: Environment): Row {
  return {
    title: 'For nothing',
    pictures: [
      {
        title: 'Calls that failed in a day, by model',
        about: 'A provider may charge for them all the same.',
        unit: 'short',
        queries: [
          { expr: day(series(environment, metrics.modelCalls, { status: 'error' }), 'model'), legend: '{{model}}' },
        ],
      },
      {
        title: 'Runs that failed in a day',
        about: 'After calls that were paid for.',
        unit: 'short',
        queries: [{ expr: day(failedRuns(environment), 'status'), legend: '{{status}}' }],
      },
      {
        title: 'Pods for each run that runs',
        about: 'Many pods and few runs: lower autoscaling.min, or let the queue scale them.',
        unit: 'short',
        queries: [
          {
            expr: `sum(${series(environment, 'up')}) / clamp_min(max(${series(environment, metrics.runsRunning)}), 1)`,
            legend: 'pods',
          },
        ],
      },
    ],
  }
}

function kept(environment: Environment): Row {
  const size = otherSeries(jobs.postgres(environment), other('databaseSize'), { datname: 'deep_agents' })
  return {
    title: 'Kept',
    pictures: [
      {
        title: 'Size of the database',
        about:
          'Checkpoints are most of it: they are kept until a client deletes their thread. Every instance holds all of it.',
        unit: 'bytes',
        queries: [{ expr: `max(${size})`, legend: 'size' }],
      },
      {
        title: 'Growth in a day',
        about: 'What a day of runs adds.',
        unit: 'bytes',
        queries: [{ expr: `max(delta(${size}[1d]))`, legend: 'growth' }],
      },
    ],
  }
}
