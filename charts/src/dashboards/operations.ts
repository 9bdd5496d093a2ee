import type { Environment } from '@hadal/platform/environment'
import { failedRequests, failedRuns, metrics, series } from '../alerts/metrics.ts'
import {
  hasCertificates,
  hasCloudNativePg,
  hasOperatedBackups,
  hasRedisExporter,
  hasReplicas,
  hasVolumes,
  jobs,
  other,
  otherSeries,
} from '../alerts/other-metrics.ts'
import { ticketPercent, usedShare } from '../alerts/volume-usage.ts'
import type { Dashboard, Picture, Row } from './dashboard.ts'

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
    ...(hasCloudNativePg(environment) ? [database(environment)] : []),
    onRedis(environment),
    ...(hasRedisExporter(environment) ? [redis(environment)] : []),
    ...(hasVolumes(environment) ? [volumes(environment)] : []),
    ...(hasCertificates(environment) ? [certificates(environment)] : []),
  ],
}

const rate = (of: string, by: string): string => `sum by (${by}) (rate(${of}[$__rate_interval]))`
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
        queries: [{ expr: rate(of(metrics.runsFinished), 'status'), legend: '{{status}}' }],
      },
      {
        title: 'Answers, by status',
        about: 'Of the API, streams included.',
        unit: 'reqps',
        queries: [{ expr: rate(of(metrics.requests), 'status'), legend: '{{status}}' }],
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
            expr: rate(series(environment, metrics.toolCalls, { status: 'error' }), 'tool_name'),
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
          { expr: rate(series(environment, metrics.approvalsDecided), 'decision'), legend: '{{decision}}' },
          { expr: rate(series(environment, metrics.approvalsRefused), 'reason'), legend: 'refused: {{reason}}' },
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
        queries: [{ expr: rate(of(metrics.modelFailures), 'model, kind'), legend: '{{model}} {{kind}}' }],
      },
      {
        title: 'Tries again, and calls that went on to another model',
        about: 'A second.',
        unit: 'reqps',
        queries: [
          { expr: rate(of(metrics.modelRetries), 'model'), legend: '{{model}} again' },
          { expr: rate(of(metrics.modelFallbacks), 'from, to'), legend: '{{from}} to {{to}}' },
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

function database(environment: Environment): Row {
  const of = (name: Parameters<typeof other>[0], labels = {}) =>
    otherSeries(jobs.postgres(environment), other(name), labels)
  const pictures: Picture[] = [
    {
      title: 'Sessions',
      about: 'By what they do. Those that idle in a transaction hold locks.',
      unit: 'short',
      queries: [{ expr: `sum by (state) (${of('backends')})`, legend: '{{state}}' }],
    },
    {
      title: 'Size',
      about: 'Of each database, on the instance that has most.',
      unit: 'bytes',
      queries: [{ expr: `max by (datname) (${of('databaseSize')})`, legend: '{{datname}}' }],
    },
    {
      title: 'Clients of the poolers',
      about: 'That have a connection to the server, and that wait for one.',
      unit: 'short',
      queries: (['poolerActive', 'poolerWaiting'] as const).map((name) => ({
        expr: `sum by (pod) (${otherSeries(jobs.poolers(environment), other(name))})`,
        legend: name === 'poolerActive' ? '{{pod}} active' : '{{pod}} waiting',
      })),
    },
  ]
  if (hasReplicas(environment))
    pictures.push(
      {
        title: 'Seconds behind the primary',
        about: 'Of each replica.',
        unit: 's',
        bound: 60,
        queries: [{ expr: `max by (pod) (${of('replicationLag')})`, legend: '{{pod}}' }],
      },
      {
        title: 'Replicas that stream',
        about: 'From the primary. With three or more instances all writes hang at 0.',
        unit: 'short',
        queries: [{ expr: `max(${of('streamingReplicas')})`, legend: 'replicas' }],
      },
    )
  if (hasOperatedBackups(environment))
    pictures.push(
      {
        title: 'Segments that wait to be archived',
        about: 'Of the write-ahead log, 16 MiB each. What waits is in no backup.',
        unit: 'short',
        bound: 10,
        queries: [{ expr: `max by (pod) (${of('walArchiveStatus', { value: 'ready' })})`, legend: '{{pod}}' }],
      },
      {
        title: 'Age of the last backup',
        about: 'That can be restored.',
        unit: 'dtdurations',
        queries: [{ expr: `time() - max(${of('lastBackup')})`, legend: 'age' }],
      },
    )
  return { title: 'PostgreSQL', pictures }
}

function onRedis(environment: Environment): Row {
  const of = (metric: string, labels = {}) => series(environment, metric, labels)
  return {
    title: 'Redis, caches and limits',
    pictures: [
      {
        title: 'Redis answers',
        about: 'By pod. At 0 nothing is cached, and limits are stricter local ones.',
        unit: 'short',
        queries: [{ expr: `min by (pod) (${of(metrics.redisUp)})`, legend: '{{pod}}' }],
      },
      {
        title: 'Model calls, by what the cache had',
        about:
          'shared: the same request was under way. skipped: a model that does not say with what parameters it is asked.',
        unit: 'reqps',
        queries: [{ expr: rate(of(metrics.cacheRequests), 'result'), legend: '{{result}}' }],
      },
      {
        title: 'Failures of the cache',
        about: 'Each made a miss.',
        unit: 'reqps',
        queries: [{ expr: rate(of(metrics.cacheErrors), 'reason'), legend: '{{reason}}' }],
      },
      {
        title: 'Refused by a limit',
        about: 'Requests got 429; model calls wait and ask again. local: by the process alone.',
        unit: 'reqps',
        queries: [
          { expr: rate(of(metrics.limitDecisions, { decision: 'refused' }), 'where, by'), legend: '{{where}}, {{by}}' },
        ],
      },
    ],
  }
}

function redis(environment: Environment): Row {
  const of = (name: Parameters<typeof other>[0]) => otherSeries(jobs.redis(environment), other(name))
  return {
    title: 'Redis',
    pictures: [
      {
        title: 'Share of memory that is used',
        about: 'Of what each node may use. Full, it evicts.',
        unit: 'percentunit',
        queries: [{ expr: `max by (pod) (${of('redisMemoryUsed')} / ${of('redisMemoryMost')})`, legend: '{{pod}}' }],
      },
      {
        title: 'Keys evicted',
        about: 'A second, for want of memory.',
        unit: 'reqps',
        bound: 10,
        queries: [{ expr: `sum(rate(${of('redisEvicted')}[$__rate_interval]))`, legend: 'evicted' }],
      },
      {
        title: 'Share of reads that find something',
        about: 'In all nodes.',
        unit: 'percentunit',
        queries: [
          {
            expr: `sum(rate(${of('redisHits')}[$__rate_interval])) / (sum(rate(${of('redisHits')}[$__rate_interval])) + sum(rate(${of('redisMisses')}[$__rate_interval])))`,
            legend: 'found',
          },
        ],
      },
    ],
  }
}

function volumes(environment: Environment): Row {
  return {
    title: 'Volumes',
    pictures: [
      {
        title: 'Used share of each volume',
        about: 'Of the database, its write-ahead log, Redis and batch files. The line is the alert.',
        unit: 'percentunit',
        bound: ticketPercent / 100,
        queries: [
          {
            expr: `max by (persistentvolumeclaim) (${usedShare(environment)})`,
            legend: '{{persistentvolumeclaim}}',
          },
        ],
      },
    ],
  }
}

function certificates({ namespace }: Environment): Row {
  const ends = `${other('certificateEnds')}{namespace="${namespace}"}`
  const renamed = `${other('certificateEnds')}{exported_namespace="${namespace}"}`
  return {
    title: 'Certificates',
    pictures: [
      {
        title: 'Time until a certificate ends',
        about: 'cert-manager renews each after two thirds of its life.',
        unit: 'dtdurations',
        queries: [{ expr: `max by (name) (${ends} or ${renamed}) - time()`, legend: '{{name}}' }],
      },
    ],
  }
}
