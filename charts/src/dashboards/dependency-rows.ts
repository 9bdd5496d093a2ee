import type { Environment } from '@hadal/platform/environment'
import { metrics, series } from '../alerts/metrics.ts'
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
import type { Picture, Row } from './dashboard.ts'
import { rateBy } from './rate-by.ts'

/** Rows of the operations dashboard about what the agent pods depend on: PostgreSQL, Redis, volumes and certificates. */
export const dependencyRows = (environment: Environment): Row[] => [
  ...(hasCloudNativePg(environment) ? [database(environment)] : []),
  onRedis(environment),
  ...(hasRedisExporter(environment) ? [redis(environment)] : []),
  ...(hasVolumes(environment) ? [volumes(environment)] : []),
  ...(hasCertificates(environment) ? [certificates(environment)] : []),
]

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
        queries: [{ expr: rateBy(of(metrics.cacheRequests), 'result'), legend: '{{result}}' }],
      },
      {
        title: 'Failures of the cache',
        about: 'Each made a miss.',
        unit: 'reqps',
        queries: [{ expr: rateBy(of(metrics.cacheErrors), 'reason'), legend: '{{reason}}' }],
      },
      {
        title: 'Refused by a limit',
        about: 'Requests got 429; model calls wait and ask again. local: by the process alone.',
        unit: 'reqps',
        queries: [
          {
            expr: rateBy(of(metrics.limitDecisions, { decision: 'refused' }), 'where, by'),
            legend: '{{where}}, {{by}}',
          },
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
