import type { Environment } from '@hadal/platform/environment'
import { type Alert, nothing } from './alert.ts'
import { hasCertificates, namespaceLabels, other } from './other-metrics.ts'

/** Days before the end of a certificate at which a ticket opens. cert-manager renews earlier, after two thirds of the lifetime: with 30 of 90 days left. */
const ticketDays = 14
const pageDays = 3
const day = 86_400

/** Expression for the end of each certificate of the namespace, in seconds since 1970. */
export const certificateEnds = ({ namespace }: Pick<Environment, 'namespace'>): string =>
  namespaceLabels.map((label) => `${other('certificateEnds')}{${label}="${namespace}"}`).join(' or ')

export const certificateExpiry: Alert = {
  name: 'CertificateExpiry',
  summary: 'A certificate expires soon and was not renewed',
  description:
    'cert-manager should already have renewed this certificate (label `name`). After its expiry, clients refuse the connections that it protects.',
  concerns: hasCertificates,
  rules: (environment) => [
    ...(
      [
        ['ticket', ticketDays],
        ['page', pageDays],
      ] as const
    ).map(([severity, days]) => ({
      expr: `max by (name) (${certificateEnds(environment)}) - time() < ${days * day}`,
      for: '15m',
      severity,
    })),
    // A cert-manager that is down renews no certificate, and exports none.
    {
      expr: `absent(${certificateEnds(environment)})`,
      for: '1h',
      severity: 'ticket',
      labels: { cause: 'not_measured' },
    },
  ],
  cases: (environment) => {
    // promtool's clock starts at 0.
    const certificate = (seconds: number, label = 'namespace') => ({
      series: `${other('certificateEnds')}{${label}="${environment.namespace}",name="deep-agents-tls"}`,
      values: `${seconds}x60`,
    })
    const name = 'deep-agents-tls'
    return {
      fires: { samples: [certificate(pageDays * day - 1)], at: '30m', firing: [{ name }, { name }] },
      justUnder: nothing('30m', [certificate(ticketDays * day + 3600)]),
      // The alert is also about missing data.
      noData: { samples: [], at: '90m', firing: [{ cause: 'not_measured' }] },
      shortGap: nothing('50m'),
      // With either name of the label.
      renamed: {
        samples: [certificate(pageDays * day - 1, 'exported_namespace')],
        at: '30m',
        firing: [{ name }, { name }],
      },
    }
  },
  outages: ({ namespace }) => ({
    'cert-manager renews nothing': {
      changed: [{ metric: other('certificateEnds'), labels: { namespace }, values: `${pageDays * day}x60` }],
      at: '30m',
      firing: [{ labels: { name: 'deep-agents-tls' } }, { labels: { name: 'deep-agents-tls' } }],
    },
    'cert-manager is down': {
      changed: [{ metric: other('certificateEnds'), labels: { namespace }, values: `${90 * day}x60 stale` }],
      at: '150m',
      firing: [{ labels: {}, rule: 2 }],
    },
  }),
}
