import type { Environment } from '@hadal/platform/environment'
import { failedRuns, metrics, series } from '../alerts/metrics.ts'
import { hasCloudNativePg, jobs, other, otherSeries } from '../alerts/other-metrics.ts'
import type { Dashboard, Row } from './dashboard.ts'

/** For whoever pays: what is bought of model providers, what of it was for nothing, and what runs and is kept for it. */
export const cost: Dashboard = {
  name: 'cost',
  title: ({ name }) => `Deep agents: what drives the cost of ${name}`,
  about:
    'Calls of models are what costs most; tokens and money themselves are not counted yet. Then what failed after it was paid for, and what runs and is kept.',
  rows: (environment) => [
    models(environment),
    waste(environment),
    ...(hasCloudNativePg(environment) ? [kept(environment)] : []),
  ],
}

const day = (of: string, by: string): string => `sum by (${by}) (increase(${of}[1d]))`

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
          'Checkpoints are most of it: retention.checkpointDays and keepLatestOnly bound it. Every instance holds all of it.',
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
