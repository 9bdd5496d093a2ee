import { type Alert, nothing } from './alert.ts'
import { hasCloudNativePg, hasReplicas, jobs, other, otherSeries } from './other-metrics.ts'

export const postgresAbsent: Alert = {
  name: 'PostgresAbsent',
  summary: 'No instance of PostgreSQL answers, or none is the primary',
  description:
    'No instance of the database is up, none is found at all, or none accepts writes. No run continues, and the API returns errors.',
  concerns: hasCloudNativePg,
  rules: (environment) => {
    const of = (name: 'postgresUp' | 'inRecovery') => otherSeries(jobs.postgres(environment), other(name))
    const up = of('postgresUp')
    return [
      // Not Prometheus' own `up`: the exporter of a pod answers while its PostgreSQL is down.
      {
        expr: `absent(${up}) or sum by (job) (${up}) == 0 or min by (job) (${of('inRecovery')}) == 1`,
        for: '5m',
        severity: 'page',
      },
    ]
  },
  cases: (environment) => {
    const job = jobs.postgres(environment)
    const pod = (name: string, values: string) => ({
      series: otherSeries(job, other('postgresUp'), { pod: name }),
      values,
    })
    const replica = (name: string, values: string) => ({
      series: otherSeries(job, other('inRecovery'), { pod: name }),
      values,
    })
    return {
      fires: { samples: [pod('postgres-1', '0x20'), pod('postgres-2', '0x20')], at: '10m', firing: [{ job }] },
      justUnder: nothing('10m', [pod('postgres-1', '0x20'), pod('postgres-2', '1x20')]),
      // The alert is about missing data.
      noData: { samples: [], at: '10m', firing: [{ job }] },
      noPrimary: {
        samples: [pod('postgres-2', '1x20'), replica('postgres-2', '1x20'), replica('postgres-3', '1x20')],
        at: '10m',
        firing: [{ job }],
      },
    }
  },
  outages: (environment) => {
    const job = jobs.postgres(environment)
    const firing = [{ labels: { job } }]
    return {
      'every pod of the database is gone': { dead: { labels: { job }, gone: true }, at: '80m', firing },
      // The exporter can't query the other metrics then.
      'PostgreSQL is down in every pod, and its exporters answer': {
        changed: [
          { metric: other('postgresUp'), values: '0x30' },
          { metric: other('inRecovery'), values: 'stale' },
          { metric: other('streamingReplicas'), values: 'stale' },
        ],
        at: '20m',
        firing,
      },
      'no replica was promoted after the loss of the primary': {
        changed: [
          { metric: other('postgresUp'), labels: { pod: 'postgres-1' }, values: '0x30' },
          {
            metric: other('inRecovery'),
            labels: { pod: 'postgres-1' },
            values: hasReplicas(environment) ? 'stale' : '1x30',
          },
        ],
        at: '20m',
        firing,
      },
    }
  },
}
