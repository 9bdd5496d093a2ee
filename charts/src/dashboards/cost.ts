import type { Environment } from '@hadal/platform/environment'
import { failedRuns, metrics, series } from '../alerts/metrics.ts'
import { hasCloudNativePg, jobs, other, otherSeries } from '../alerts/other-metrics.ts'
import type { Dashboard, Picture, Row } from './dashboard.ts'

/** Dashboard of costs: model calls, wasted tokens, compute and storage. */
export const cost: Dashboard = {
  name: 'cost',
  title: ({ name }) => `Deep agents: what drives the cost of ${name}`,
  about:
    'Model calls cost most: in US dollars by list price, in tokens by kind. Then budgets, paid calls that failed, pods and stored data.',
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
        title: 'US dollars per day by model',
        about: "By list price, without discounts, batch prices and fees for a provider's own tools.",
        unit: 'currencyUSD',
        queries: [{ expr: day(dollars, 'model'), legend: '{{model}}' }],
      },
      {
        title: 'US dollars per run',
        about: 'Average of the last day.',
        unit: 'currencyUSD',
        queries: [
          {
            expr: `sum(increase(${dollars}[1d])) / sum(increase(${series(environment, metrics.runsFinished)}[1d]))`,
            legend: 'dollars',
          },
        ],
      },
      {
        title: 'Tokens per day by kind',
        about: "Tokens from the provider's cache cost a tenth or less; output and reasoning cost most.",
        unit: 'short',
        queries: [{ expr: day(tokens, 'kind'), legend: '{{kind}}' }],
      },
      {
        title: 'Tokens per day saved by the cache',
        about: 'Tokens of the original model calls whose answers the cache returned.',
        unit: 'short',
        queries: [{ expr: `sum(increase(${series(environment, metrics.cacheSavedTokens)}[1d]))`, legend: 'tokens' }],
      },
      {
        title: 'Tokens per day without a price',
        about: 'Their cost is counted nowhere: add the model to model-prices.ts.',
        unit: 'short',
        queries: [{ expr: day(series(environment, metrics.unpricedTokens), 'model'), legend: '{{model}}' }],
      },
      {
        title: 'Used share of the daily budget',
        about: "By tenant. At 100 % the tenant's model calls are refused until midnight UTC.",
        unit: 'percentunit',
        queries: [
          { expr: `max by (tenant, unit) (${series(environment, metrics.budgetUsed)})`, legend: '{{tenant}} {{unit}}' },
        ],
      },
      {
        title: 'Model calls per day that a budget stopped',
        about: 'Each ended a run.',
        unit: 'short',
        queries: [
          { expr: day(series(environment, metrics.budgetRefusals), 'scope, unit'), legend: '{{scope}} {{unit}}' },
        ],
      },
    ],
  }
}

const routed = (environment: Environment): Picture => ({
  title: 'Routed model calls per day by complexity',
  about: 'Simple requests cost least. If all are complex, see docs/how-to/choose-models.md.',
  unit: 'short',
  queries: [{ expr: day(series(environment, metrics.modelRouted), 'tier, model'), legend: '{{tier}} {{model}}' }],
})

function models(environment: Environment): Row {
  const calls = series(environment, metrics.modelCalls)
  return {
    title: 'Models',
    pictures: [
      {
        title: 'Model calls per day by model',
        about: 'Successful and failed calls.',
        unit: 'short',
        queries: [{ expr: day(calls, 'model'), legend: '{{model}}' }],
      },
      routed(environment),
      {
        title: 'Model calls per run',
        about: 'Average of the last day. It rises if agents need more attempts or get larger tasks.',
        unit: 'short',
        queries: [
          {
            expr: `sum(increase(${calls}[1d])) / sum(increase(${series(environment, metrics.runsFinished)}[1d]))`,
            legend: 'calls',
          },
        ],
      },
      {
        title: 'Time per day in model calls',
        about: 'Sum over all calls. Long answers take longer and cost more.',
        unit: 'dtdurations',
        queries: [{ expr: day(series(environment, `${metrics.modelSeconds}_sum`), 'model'), legend: '{{model}}' }],
      },
      {
        title: 'Tool calls per day',
        about: 'Some tools charge for each call.',
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
    title: 'Failures',
    pictures: [
      {
        title: 'Failed model calls per day by model',
        about: 'A provider may charge for failed calls too.',
        unit: 'short',
        queries: [
          { expr: day(series(environment, metrics.modelCalls, { status: 'error' }), 'model'), legend: '{{model}}' },
        ],
      },
      {
        title: 'Failed runs per day',
        about: 'The model calls before the failure were paid.',
        unit: 'short',
        queries: [{ expr: day(failedRuns(environment), 'status'), legend: '{{status}}' }],
      },
      {
        title: 'Pods per running run',
        about: 'If there are many pods per run, lower autoscaling.min, or scale by the queue.',
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
    title: 'Stored data',
    pictures: [
      {
        title: 'Size of the database',
        about:
          'Mostly checkpoints, which are kept until a client deletes their thread. Every instance stores all of it.',
        unit: 'bytes',
        queries: [{ expr: `max(${size})`, legend: 'size' }],
      },
      {
        title: 'Growth per day',
        about: 'Change of the size of the database within a day.',
        unit: 'bytes',
        queries: [{ expr: `max(delta(${size}[1d]))`, legend: 'growth' }],
      },
    ],
  }
}
