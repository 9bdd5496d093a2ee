import type { Environment } from '@hadal/platform/environment'
import { type Alert, nothing } from './alert.ts'
import { hasCertificates, other } from './other-metrics.ts'

/** Days before the end of a certificate at which a ticket opens. cert-manager renews earlier, after two thirds of the lifetime: with 30 of 90 days left. */
const ticketDays = 14
const pageDays = 3
const day = 86_400

/** Expression for the end of each certificate of the namespace. Prometheus names the label `exported_namespace` if its scrape does not honour labels. */
const ends = ({ namespace }: Environment): string =>
  ['namespace', 'exported_namespace']
    .map((label) => `${other('certificateEnds')}{${label}="${namespace}"}`)
    .join(' or ')

export const certificateExpiry: Alert = {
  name: 'CertificateExpiry',
  summary: 'A certificate ends soon and was not renewed',
  description:
    'cert-manager should have renewed this certificate (label `name`) long ago. When it ends, clients refuse the connections that it protects.',
  concerns: hasCertificates,
  rules: (environment) =>
    (
      [
        ['ticket', ticketDays],
        ['page', pageDays],
      ] as const
    ).map(([severity, days]) => ({
      expr: `max by (name) (${ends(environment)}) - time() < ${days * day}`,
      for: '15m',
      severity,
    })),
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
      noData: nothing('30m'),
      // With either name of the label.
      renamed: {
        samples: [certificate(pageDays * day - 1, 'exported_namespace')],
        at: '30m',
        firing: [{ name }, { name }],
      },
    }
  },
}
