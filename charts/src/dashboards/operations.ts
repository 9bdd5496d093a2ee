import type { Environment } from '@hadal/platform/environment'
import { failedRequests, failedRuns, metrics, series } from '../alerts/metrics.ts'
import type { Dashboard, Picture, Row } from './dashboard.ts'
import { dependencyRows } from './dependency-rows.ts'
import { rateBy } from './rate-by.ts'

/** Dashboard for the person on call: first whether users are served, then possible causes. */
export const operations: Dashboard = {
  name: 'operations',
  title: ({ name }) => `Deep agents: operations of ${name}`,
  about:
    'Whether users are served, and what may be why not. Every bound that is drawn is an alert with a runbook in docs/runbooks.',
  rows: (environment) => [
    users(environment),
    queue(environment),
    ...(environment.approvals.enabled ? [approvals(environment)] : []),
    ...(environment.validation.enabled ? [inputValidation(environment)] : []),
    providers(environment),
    processes(environment),
    ...dependencyRows(environment),
  ],
}

const quantile = (share: number, histogram: string, by = ''): string =>
  `histogram_quantile(${share}, sum by (le${by && `, ${by}`}) (rate(${histogram}[$__rate_interval])))`

function users(environment: Environment): Row {
  const of = (metric: string) => series(environment, metric)
  const budget = 1 - environment.slo.availabilityPercent / 100
  const share = (failed: string, all: string) =>
    `sum(rate(${failed}[$__rate_interval])) / sum(rate(${all}[$__rate_interval]))`
  return {
    title: 'What users see',
    pictures: [
      {
        title: 'Share that fails',
        about: 'Of runs that ended, and of answers of the API. Above the line for long, the objective is missed.',
        unit: 'percentunit',
        bound: Number(budget.toPrecision(6)),
        queries: [
          { expr: share(failedRuns(environment), of(metrics.runsFinished)), legend: 'runs' },
          { expr: share(failedRequests(environment), of(metrics.requests)), legend: 'answers' },
        ],
      },
      {
        title: 'Runs that end, by status',
        about: 'An interrupt or a cancellation is what a client asked for; error and timeout are not.',
        unit: 'reqps',
        queries: [{ expr: rateBy(of(metrics.runsFinished), 'status'), legend: '{{status}}' }],
      },
      {
        title: 'Answers, by status',
        about: 'Of the API, streams included.',
        unit: 'reqps',
        queries: [{ expr: rateBy(of(metrics.requests), 'status'), legend: '{{status}}' }],
      },
      {
        title: 'Until an answer begins',
        about: 'The slowest of a hundred, by route.',
        unit: 's',
        queries: [
          {
            expr: quantile(0.99, series(environment, `${metrics.requestSeconds}_bucket`), 'route'),
            legend: '{{route}}',
          },
        ],
      },
    ],
  }
}

function queue(environment: Environment): Row {
  const greatest = (metric: string) => `max(${series(environment, metric)})`
  return {
    title: 'Runs',
    pictures: [
      {
        title: 'Oldest run that waits',
        about: 'Seconds for which it has had no worker. The line is the objective.',
        unit: 's',
        bound: environment.slo.queueSeconds,
        queries: [{ expr: greatest(metrics.queueAge), legend: 'oldest' }],
      },
      {
        title: 'Runs that wait and run',
        about: 'In all processes together, and threads that wait for a person.',
        unit: 'short',
        queries: [
          { expr: greatest(metrics.queueWaiting), legend: 'waiting' },
          { expr: greatest(metrics.runsRunning), legend: 'running' },
          { expr: greatest(metrics.threadsInterrupted), legend: 'threads that wait for an answer' },
        ],
      },
      {
        title: 'Suspects',
        about:
          'Runs that are suspected of killing their process, and child processes per hour that died with one. The alert SuspectEndsWorkers names a run whose worker dies too.',
        unit: 'short',
        queries: [
          { expr: greatest(metrics.suspects), legend: 'runs' },
          { expr: `sum(increase(${series(environment, metrics.suspectDeaths)}[1h]))`, legend: 'deaths per hour' },
        ],
      },
      {
        title: 'How long runs take',
        about: 'Their last attempt, half of them and the slowest of twenty.',
        unit: 's',
        queries: [0.5, 0.95].map((part) => ({
          expr: quantile(part, series(environment, `${metrics.runSeconds}_bucket`)),
          legend: `${part * 100} %`,
        })),
      },
      {
        title: 'Tools that fail',
        about: 'Calls a second, by tool.',
        unit: 'reqps',
        queries: [
          {
            expr: rateBy(series(environment, metrics.toolCalls, { status: 'error' }), 'tool_name'),
            legend: '{{tool_name}}',
          },
        ],
      },
    ],
  }
}

function approvals(environment: Environment): Row {
  const greatest = (metric: string) => `max(${series(environment, metric)})`
  return {
    title: 'Approvals',
    pictures: [
      {
        title: 'Calls that wait for a person',
        about: 'In all threads together.',
        unit: 'short',
        queries: [{ expr: greatest(metrics.approvalsWaiting), legend: 'waiting' }],
      },
      {
        title: 'Time for an answer that is used up',
        about: 'By the call that is nearest to its end. At 100 % it counts as rejected. The line is the alert.',
        unit: 'percentunit',
        bound: 0.8,
        queries: [{ expr: greatest(metrics.approvalTimeUsed), legend: 'nearest to its end' }],
      },
      {
        title: 'Decisions, and answered calls that were not executed',
        about: 'An approval holds for one execution of the call that was shown; any other is refused.',
        unit: 'reqps',
        queries: [
          { expr: rateBy(series(environment, metrics.approvalsDecided), 'decision'), legend: '{{decision}}' },
          { expr: rateBy(series(environment, metrics.approvalsRefused), 'reason'), legend: 'refused: {{reason}}' },
        ],
      },
    ],
  }
}

function inputValidation(environment: Environment): Row {
  const found = (by: string): string =>
    `sum by (${by}) (increase(${series(environment, metrics.inputFindings)}[1h])) > 0`
  return {
    title: 'Input validation',
    pictures: [
      {
        title: 'Injected instructions in an hour, by where they came from',
        about: 'Blocked ones never reached a model; flagged ones did, with a note that they are data.',
        unit: 'short',
        queries: [{ expr: found('provenance, action'), legend: '{{provenance}}, {{action}}' }],
      },
      {
        title: 'The same, by rule',
        about: 'A rule that hits much, always alike, may be wrong for what these agents read.',
        unit: 'short',
        queries: [{ expr: found('rule'), legend: '{{rule}}' }],
      },
    ],
  }
}

function providers(environment: Environment): Row {
  const of = (metric: string) => series(environment, metric)
  return {
    title: 'Providers of models',
    pictures: [
      {
        title: 'Providers that are passed over',
        about: 'At 1 calls go elsewhere, at 0.5 the next one tries. In the pod that is worst off.',
        unit: 'short',
        bound: 1,
        queries: [{ expr: `max by (provider) (${of(metrics.modelCircuitOpen)})`, legend: '{{provider}}' }],
      },
      {
        title: 'Tries that fail',
        about: 'A second, by model and by what went wrong.',
        unit: 'reqps',
        queries: [{ expr: rateBy(of(metrics.modelFailures), 'model, kind'), legend: '{{model}} {{kind}}' }],
      },
      {
        title: 'Tries again, and calls that went on to another model',
        about: 'A second.',
        unit: 'reqps',
        queries: [
          { expr: rateBy(of(metrics.modelRetries), 'model'), legend: '{{model}} again' },
          { expr: rateBy(of(metrics.modelFallbacks), 'from, to'), legend: '{{from}} to {{to}}' },
        ],
      },
    ],
  }
}

function processes(environment: Environment): Row {
  const eachPod = (title: string, about: string, unit: Picture['unit'], metric: string): Picture => ({
    title,
    about,
    unit,
    queries: [{ expr: `max by (pod) (${series(environment, metric)})`, legend: '{{pod}}' }],
  })
  return {
    title: 'Agent pods',
    pictures: [
      {
        title: 'Pods that answer',
        about: 'To Prometheus.',
        unit: 'short',
        queries: [{ expr: `sum(${series(environment, 'up')})`, legend: 'up' }],
      },
      {
        title: 'Starts in the last hour',
        about: 'A pod that starts anew again and again loses a step of each run each time.',
        unit: 'short',
        queries: [{ expr: `changes(${series(environment, metrics.processStart)}[1h])`, legend: '{{pod}}' }],
      },
      eachPod(
        'Callers that wait for a connection',
        'Of the pool of PostgreSQL connections.',
        'short',
        metrics.poolWaiting,
      ),
      eachPod('Connections in use', 'Of the same pool.', 'short', metrics.poolInUse),
      eachPod('Memory', 'Resident.', 'bytes', metrics.processMemory),
    ],
  }
}
