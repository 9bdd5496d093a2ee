import type { Environment } from '@hadal/platform/environment'
import { hasReadReplicas } from '@hadal/platform/has-read-replicas'
import { certificateEnds } from '../alerts/certificate-expiry.ts'
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
  ...(hasReadReplicas(environment) ? [readReplicas(environment)] : []),
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
      about: 'By state. Sessions that are idle in a transaction hold locks.',
      unit: 'short',
      queries: [{ expr: `sum by (state) (${of('backends')})`, legend: '{{state}}' }],
    },
    {
      title: 'Database size',
      about: 'Of each database, on the instance where it is largest.',
      unit: 'bytes',
      queries: [{ expr: `max by (datname) (${of('databaseSize')})`, legend: '{{datname}}' }],
    },
    {
      title: 'Clients of the pooler',
      about: 'Clients with a connection to the server (active), and clients that wait for one.',
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
        title: 'Replication lag',
        about: 'Seconds that each replica is behind the primary.',
        unit: 's',
        bound: 60,
        queries: [{ expr: `max by (pod) (${of('replicationLag')})`, legend: '{{pod}}' }],
      },
      {
        title: 'Streaming replicas',
        about: 'Replicas that stream from the primary. With three or more instances, all writes hang if there is none.',
        unit: 'short',
        queries: [{ expr: `max(${of('streamingReplicas')})`, legend: 'replicas' }],
      },
    )
  if (hasOperatedBackups(environment))
    pictures.push(
      {
        title: 'Unarchived segments of the write-ahead log',
        about: 'Segments of 16 MiB that wait for archiving. No backup contains them yet.',
        unit: 'short',
        bound: 10,
        queries: [{ expr: `max by (pod) (${of('walArchiveStatus', { value: 'ready' })})`, legend: '{{pod}}' }],
      },
      {
        title: 'Age of the last backup',
        about: 'Time since the last backup that can be restored.',
        unit: 'dtdurations',
        queries: [{ expr: `time() - (max(${of('lastBackup')}) > 0)`, legend: 'age' }],
      },
    )
  return { title: 'PostgreSQL', pictures }
}

function readReplicas(environment: Environment): Row {
  return {
    title: 'Read replicas',
    pictures: [
      {
        title: 'Lag of the read replicas by pod',
        about:
          'Seconds until a replica has the writes of now. Without a value the replicas lag too far or do not answer, and the primary answers all reads.',
        unit: 's',
        queries: [{ expr: `max by (pod) (${series(environment, metrics.readLag)})`, legend: '{{pod}}' }],
      },
      {
        title: 'Reads that the primary answered in place of a replica',
        about:
          'Per second, by reason. written: the thread was just written, which is normal. behind, away, foreign: no replica could be used. failed: the replica ended the statement.',
        unit: 'reqps',
        queries: [{ expr: rateBy(series(environment, metrics.readFallbacks), 'reason'), legend: '{{reason}}' }],
      },
    ],
  }
}

function onRedis(environment: Environment): Row {
  const of = (metric: string, labels = {}) => series(environment, metric, labels)
  return {
    title: 'Redis, cache and rate limits',
    pictures: [
      {
        title: 'Redis reachable',
        about: 'By pod: 1 if Redis answers. At 0 nothing is cached, and the stricter local limits apply.',
        unit: 'short',
        queries: [{ expr: `min by (pod) (${of(metrics.redisUp)})`, legend: '{{pod}}' }],
      },
      {
        title: 'Cache lookups of model calls by result',
        about:
          'Per second. shared: the answer of an identical request that was in progress. skipped: the parameters of the model are unknown.',
        unit: 'reqps',
        queries: [{ expr: rateBy(of(metrics.cacheRequests), 'result'), legend: '{{result}}' }],
      },
      {
        title: 'Cache failures',
        about: 'Per second, by reason. Each counts as a miss.',
        unit: 'reqps',
        queries: [{ expr: rateBy(of(metrics.cacheErrors), 'reason'), legend: '{{reason}}' }],
      },
      {
        title: 'Refusals of the rate limiter',
        about:
          'Per second. Requests get 429; model calls wait and try again. local: refused by the limit of one process, without Redis.',
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
        title: 'Used share of memory',
        about: 'Of the maximum memory of each node. A full node evicts keys.',
        unit: 'percentunit',
        queries: [{ expr: `max by (pod) (${of('redisMemoryUsed')} / ${of('redisMemoryMost')})`, legend: '{{pod}}' }],
      },
      {
        title: 'Evicted keys',
        about: 'Keys per second that were evicted because memory was full.',
        unit: 'reqps',
        bound: 10,
        queries: [{ expr: `sum(rate(${of('redisEvicted')}[$__rate_interval]))`, legend: 'evicted' }],
      },
      {
        title: 'Hit rate',
        about: 'Share of reads that found a key, over all nodes.',
        unit: 'percentunit',
        queries: [
          {
            expr: `sum(rate(${of('redisHits')}[$__rate_interval])) / (sum(rate(${of('redisHits')}[$__rate_interval])) + sum(rate(${of('redisMisses')}[$__rate_interval])))`,
            legend: 'hits',
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
        about:
          'Volumes of the database, its write-ahead log, Redis and batch files. The line is the threshold of the ticket.',
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

function certificates(environment: Environment): Row {
  return {
    title: 'Certificates',
    pictures: [
      {
        title: 'Time until a certificate expires',
        about: 'cert-manager renews a certificate after two thirds of its lifetime.',
        unit: 'dtdurations',
        queries: [{ expr: `max by (name) (${certificateEnds(environment)}) - time()`, legend: '{{name}}' }],
      },
    ],
  }
}
