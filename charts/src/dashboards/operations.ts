import type { Environment } from '@hadal/platform/environment'
import { failedRequests, failedRuns, metrics, series } from '../alerts/metrics.ts'
import { hasArchive } from '../alerts/recovery-schedules.ts'
import { mostOverdueSeconds } from '../alerts/retention-late.ts'
import type { Dashboard, Picture, Row } from './dashboard.ts'
import { dependencyRows } from './dependency-rows.ts'
import { rateBy } from './rate-by.ts'

/** Dashboard for the person on call: first whether users are served, then possible causes. */
export const operations: Dashboard = {
  name: 'operations',
  title: ({ name }) => `Deep agents: operations of ${name}`,
  about:
    'Whether users are served, and the likely causes if not. Each threshold line is that of an alert with a runbook in docs/runbooks.',
  rows: (environment) => [
    users(environment),
    queue(environment),
    ...(environment.access.kind === 'open' ? [] : [signIn(environment)]),
    ...(environment.approvals.enabled ? [approvals(environment)] : []),
    ...(environment.validation.enabled ? [inputValidation(environment)] : []),
    providers(environment),
    retention(environment),
    ...(hasArchive(environment) ? [recovery(environment)] : []),
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
    title: 'Users',
    pictures: [
      {
        title: 'Failure rate',
        about:
          'Share of ended runs and of API responses that failed. If it stays above the line, the objective is missed.',
        unit: 'percentunit',
        bound: Number(budget.toPrecision(6)),
        queries: [
          { expr: share(failedRuns(environment), of(metrics.runsFinished)), legend: 'runs' },
          { expr: share(failedRequests(environment), of(metrics.requests)), legend: 'answers' },
        ],
      },
      {
        title: 'Ended runs by status',
        about: 'Runs per second. The statuses error and timeout are failures; an interrupt or a cancellation is not.',
        unit: 'reqps',
        queries: [{ expr: rateBy(of(metrics.runsFinished), 'status'), legend: '{{status}}' }],
      },
      {
        title: 'API responses by status',
        about: 'Responses per second, including streams.',
        unit: 'reqps',
        queries: [{ expr: rateBy(of(metrics.requests), 'status'), legend: '{{status}}' }],
      },
      {
        title: 'Time to the first byte of a response',
        about: '99th percentile by route.',
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
        title: 'Age of the oldest waiting run',
        about: 'Seconds that it has waited for a worker. The line is the objective.',
        unit: 's',
        bound: environment.slo.queueSeconds,
        queries: [{ expr: greatest(metrics.queueAge), legend: 'oldest' }],
      },
      {
        title: 'Waiting and running runs',
        about: 'In all processes, and the threads that wait for a person.',
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
          'Runs that probably kill their process, and child processes per hour that died while they executed one. The alert SuspectEndsWorkers names a run whose worker dies too.',
        unit: 'short',
        queries: [
          { expr: greatest(metrics.suspects), legend: 'runs' },
          { expr: `sum(increase(${series(environment, metrics.suspectDeaths)}[1h]))`, legend: 'deaths per hour' },
        ],
      },
      {
        title: 'Duration of runs',
        about: 'Last attempt of each run: median and 95th percentile.',
        unit: 's',
        queries: [0.5, 0.95].map((part) => ({
          expr: quantile(part, series(environment, `${metrics.runSeconds}_bucket`)),
          legend: `${part * 100} %`,
        })),
      },
      {
        title: 'Failed tool calls',
        about: 'Calls per second by tool.',
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

function signIn(environment: Environment): Row {
  return {
    title: 'Sign-in',
    pictures: [
      {
        title: 'Sign-ins by outcome',
        about:
          'Requests per second. unavailable: the credential could not be verified, and the client got 503. The other outcomes than accepted got 401.',
        unit: 'reqps',
        queries: [{ expr: rateBy(series(environment, metrics.signIns), 'outcome'), legend: '{{outcome}}' }],
      },
      ...(environment.access.kind === 'api-keys'
        ? [
            {
              title: 'API keys that expire within 14 days',
              about: 'Of all tenants.',
              unit: 'short' as const,
              queries: [{ expr: `max(${series(environment, metrics.apiKeysExpiring)})`, legend: 'keys' }],
            },
          ]
        : []),
    ],
  }
}

function approvals(environment: Environment): Row {
  const greatest = (metric: string) => `max(${series(environment, metric)})`
  return {
    title: 'Approvals',
    pictures: [
      {
        title: 'Tool calls that wait for approval',
        about: 'In all threads.',
        unit: 'short',
        queries: [{ expr: greatest(metrics.approvalsWaiting), legend: 'waiting' }],
      },
      {
        title: 'Used share of the approval time limit',
        about:
          'Of the call that expires first. At 100 % it counts as rejected. The line is the threshold of the alert.',
        unit: 'percentunit',
        bound: 0.8,
        queries: [{ expr: greatest(metrics.approvalTimeUsed), legend: 'next to expire' }],
      },
      {
        title: 'Decisions, and approved calls that were not executed',
        about:
          'Per second. An approval is valid for one execution of the call that was shown; any other call is refused.',
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
        title: 'Injected instructions per hour by source',
        about: 'Blocked instructions never reached a model. Flagged ones did, with a note that they are data.',
        unit: 'short',
        queries: [{ expr: found('provenance, action'), legend: '{{provenance}}, {{action}}' }],
      },
      {
        title: 'Injected instructions per hour by rule',
        about: 'A rule that often matches the same kind of text may be unsuitable for what these agents read.',
        unit: 'short',
        queries: [{ expr: found('rule'), legend: '{{rule}}' }],
      },
    ],
  }
}

function providers(environment: Environment): Row {
  const of = (metric: string) => series(environment, metric)
  return {
    title: 'Model providers',
    pictures: [
      {
        title: 'Circuit breakers by provider',
        about:
          'Highest state over all pods. 1: open, calls go to a fallback. 0.5: half-open, the next call is a trial. 0: closed.',
        unit: 'short',
        bound: 1,
        queries: [{ expr: `max by (provider) (${of(metrics.modelCircuitOpen)})`, legend: '{{provider}}' }],
      },
      {
        title: 'Failed attempts of model calls',
        about: 'Attempts per second by model and kind of failure.',
        unit: 'reqps',
        queries: [{ expr: rateBy(of(metrics.modelFailures), 'model, kind'), legend: '{{model}} {{kind}}' }],
      },
      {
        title: 'Retries and fallbacks of model calls',
        about: 'Per second.',
        unit: 'reqps',
        queries: [
          { expr: rateBy(of(metrics.modelRetries), 'model'), legend: '{{model}} retried' },
          { expr: rateBy(of(metrics.modelFallbacks), 'from, to'), legend: '{{from}} to {{to}}' },
        ],
      },
    ],
  }
}

function retention(environment: Environment): Row {
  return {
    title: 'Retention',
    pictures: [
      {
        title: 'Delay of the oldest removal',
        about:
          'Time by which the thread that is due longest waits for its removal, or for that of its checkpoints. The line is the threshold of the alert.',
        unit: 's',
        bound: mostOverdueSeconds,
        queries: [{ expr: `max(${series(environment, metrics.retentionOverdue)})`, legend: 'delay' }],
      },
      {
        title: 'Removed data by kind',
        about: 'Per second: threads, checkpoints and events whose time is over.',
        unit: 'reqps',
        queries: [{ expr: rateBy(series(environment, metrics.retentionRemoved), 'kind'), legend: '{{kind}}' }],
      },
    ],
  }
}

function recovery(environment: Environment): Row {
  const greatest = (metric: string) => `max(${series(environment, metric)})`
  const age = (metric: string) => `time() - ${greatest(metric)}`
  return {
    title: 'Backups and restore drills',
    pictures: [
      {
        title: 'Time since the last success',
        about: 'Of hadal-runtime backup and hadal-runtime drill. Alerts tell when one is later than its schedule.',
        unit: 'dtdurations',
        queries: [
          { expr: age(metrics.backupLastSuccess), legend: 'backup' },
          { expr: age(metrics.drillLastSuccess), legend: 'drill' },
        ],
      },
      {
        title: 'Measured recovery',
        about:
          'Of the newest successful drill. RPO: age of the backup when the drill began. RTO: time from the beginning of the restore until a restored run had ended.',
        unit: 'dtdurations',
        queries: [
          { expr: greatest(metrics.drillRpo), legend: 'RPO' },
          { expr: greatest(metrics.drillRto), legend: 'RTO' },
        ],
      },
      {
        title: 'Size of the newest backup',
        about: 'In its target, compressed.',
        unit: 'bytes',
        queries: [{ expr: greatest(metrics.backupBytes), legend: 'backup' }],
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
        title: 'Pods that are up',
        about: 'Pods that answer Prometheus.',
        unit: 'short',
        queries: [{ expr: `sum(${series(environment, 'up')})`, legend: 'up' }],
      },
      {
        title: 'Restarts in the last hour',
        about: 'The runs of a restarted pod repeat their current step.',
        unit: 'short',
        queries: [{ expr: `changes(${series(environment, metrics.processStart)}[1h])`, legend: '{{pod}}' }],
      },
      eachPod(
        'Callers that wait for a database connection',
        'In the connection pool of each pod.',
        'short',
        metrics.poolWaiting,
      ),
      eachPod('Database connections in use', 'Of the connection pool of each pod.', 'short', metrics.poolInUse),
      eachPod('Memory', 'Resident memory of each pod.', 'bytes', metrics.processMemory),
    ],
  }
}
