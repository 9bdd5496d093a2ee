import type { Environment } from '@hadal/platform/environment'
import { type Alert, nothing } from './alert.ts'
import { claimNames } from './claim-names.ts'
import { hasVolumes, namespaceLabels, other } from './other-metrics.ts'

/** Used share of a volume in percent at which a ticket opens. */
export const ticketPercent = 80
/** Used share of a volume in percent at which the alert pages. PostgreSQL stops when its volume is full. */
const pagePercent = 90

/** Expression for the used share of each volume of the namespace, from 0 to 1. */
export const usedShare = ({ namespace }: Pick<Environment, 'namespace'>): string =>
  namespaceLabels
    .map((label) => {
      const of = (name: 'volumeUsed' | 'volumeCapacity') => `${other(name)}{${label}="${namespace}"}`
      return `${of('volumeUsed')} / ${of('volumeCapacity')}`
    })
    .join(' or ')

export const volumeUsage: Alert = {
  name: 'VolumeUsage',
  summary: 'A volume is nearly full',
  description: `A volume of the environment (label persistentvolumeclaim) is more than ${ticketPercent} % full; above ${pagePercent} % the alert pages. When the volume of PostgreSQL is full, the database and every run stop. In a protected environment a ticket also opens if no kubelet reports the environment's volumes.`,
  concerns: hasVolumes,
  rules: (environment) => {
    const above = (percent: number) => `max by (persistentvolumeclaim) (${usedShare(environment)}) > ${percent / 100}`
    const unmeasured = namespaceLabels.map((label) => `${other('volumeUsed')}{${label}="${environment.namespace}"}`)
    return [
      { expr: above(ticketPercent), for: '15m', severity: 'ticket' },
      { expr: above(pagePercent), for: '5m', severity: 'page' },
      // Volumes of a development cluster are often folders, which no kubelet measures.
      ...(environment.protected
        ? [
            {
              expr: `absent(${unmeasured.join(' or ')})`,
              for: '1h',
              severity: 'ticket',
              labels: { cause: 'not_measured' },
            } as const,
          ]
        : []),
    ]
  },
  cases: (environment) => {
    const persistentvolumeclaim = 'postgres-1'
    const volume = (used: number, label: (typeof namespaceLabels)[number] = 'namespace') =>
      (['volumeUsed', 'volumeCapacity'] as const).map((name) => ({
        series: `${other(name)}{${label}="${environment.namespace}",persistentvolumeclaim="${persistentvolumeclaim}"}`,
        values: `${name === 'volumeUsed' ? used : 100}x30`,
      }))
    const both = [{ persistentvolumeclaim }, { persistentvolumeclaim }]
    return {
      fires: { samples: volume(pagePercent + 1), at: '20m', firing: both },
      justUnder: nothing('20m', volume(ticketPercent)),
      ticket: { samples: volume(pagePercent), at: '20m', firing: [{ persistentvolumeclaim }] },
      noData: environment.protected ? { samples: [], at: '90m', firing: [{ cause: 'not_measured' }] } : nothing('90m'),
      renamed: { samples: volume(pagePercent + 1, 'exported_namespace'), at: '20m', firing: both },
    }
  },
  outages: (environment) => {
    const { namespace } = environment
    const of = (name: 'volumeUsed' | 'volumeCapacity', values: string) => ({
      metric: other(name),
      labels: { namespace },
      values,
    })
    return {
      'PostgreSQL, Redis and batch files fill their volumes': {
        changed: [of('volumeUsed', '50+1x60')],
        at: '50m',
        firing: claimNames(environment).flatMap((persistentvolumeclaim) => [
          { labels: { persistentvolumeclaim }, rule: 0 },
          { labels: { persistentvolumeclaim }, rule: 1 },
        ]),
      },
      ...(environment.protected && {
        'Prometheus scrapes no kubelet': {
          changed: [of('volumeUsed', 'stale'), of('volumeCapacity', 'stale')],
          at: '80m',
          firing: [{ labels: {}, rule: 2 }],
        },
      }),
    }
  },
}
